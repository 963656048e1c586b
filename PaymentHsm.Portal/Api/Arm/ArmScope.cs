using System.Security.Claims;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Identity;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>Who may do what on which scope. Everybody with a role reads; writing is a rule of the domain. Refused writes are logged (R84).</summary>
internal sealed class ArmScope(IRefusalLog refusals, ILogger<ArmScope> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var action = Action(http.Request.Method);
        if (http.User.ToActor() is not { } actor)
        {
            return Denied(http.User.FindFirstValue(ActorClaims.PersonId) ?? "unknown", action, http.Request.Path, "The token carries none of the portal's roles.", null);
        }

        if (http.Request.RouteValues["subscription"] is string subscription && !Guid.TryParseExact(subscription, "D", out _))
        {
            return new ArmError(400, "InvalidSubscriptionId", $"The subscription id {ResourceRules.Shown(subscription)} is malformed: it is a GUID such as 00000000-0000-0000-0000-000000000000.");
        }

        if (action == "read")
        {
            return await next(context);
        }

        var answer = ResourceRules.MayWrite(actor) is { } no ? Denied(actor.Id, action, http.Request.Path, $"{no.Reason} {no.Instead}", no.RuleId) : await next(context);
        if (answer is ArmError { RuleId: { } rule } error)
        {
            await refusals.NoteAsync(new AuditNote(actor, $"resource.{action}", $"{http.Request.Path}: {error.Code}: {error.Message}", RuleId: rule), http.RequestAborted);
        }

        log.ArmWrote(action, http.Request.Path, actor.Id, (answer as IStatusCodeHttpResult)?.StatusCode ?? 0, http.Response.Headers[ArmHeaders.RequestId], ArmHeaders.ClientId(http));
        return answer;
    }

    private static ArmError Denied(string who, string action, string scope, string why, string? rule) => new(
        403, "AuthorizationFailed", $"The client '{who}' does not have authorization to perform action '{ResourceId.Type}/{action}' over scope '{scope}'. {why}", rule);

    private static string Action(string method) => HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) ? "write" : HttpMethods.IsDelete(method) ? "delete" : "read";
}
