using System.Security.Claims;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>One dedicated HSM: create or change, show, tag or change the SKU, delete.</summary>
internal static class DedicatedHsmsApi
{
    public static void MapDedicatedHsms(this RouteGroupBuilder api)
    {
        api.MapPut(ArmPaths.One, PutAsync);
        api.MapGet(ArmPaths.One, GetAsync);
        api.MapPatch(ArmPaths.One, PatchAsync);
        api.MapDelete(ArmPaths.One, DeleteAsync);
        api.MapGet(ArmPaths.OutboundEndpoints, OutboundAsync);
    }

    /// <summary>201 for a new one, 200 for one that was there. No Location: clients then poll the resource itself, which is what tells them the state.</summary>
    private static async Task<IResult> PutAsync(HttpContext http, IResourceDesk desk, IFleetFeed feed, ClaimsPrincipal user)
    {
        var (version, id) = (ArmVersion.Of(http), ArmPaths.Resource(http));
        var (wish, error) = await ResourceBody.ReadPutAsync(http, id);
        if (wish is null)
        {
            return error!;
        }

        var regions = ServedRegion.Of(feed.Current.Tiles.Values.Select(t => t.Location));
        if (regions.Count == 0)
        {
            return new ArmError(503, "ServiceUnavailable", "The portal is starting and does not know its fleet yet. Try again.", RetryAfter: TimeSpan.FromSeconds(5));
        }

        switch (ResourceRules.Check(wish, regions))
        {
            case ResourceForm.Bad(var fault, var rule):
                return new ArmError(400, fault.Code, fault.Message, rule);
            case ResourceForm.Good(var request):
                // A client that does not know the management network cannot mean to take it away.
                var kept = version.HasManagement || request.Management is not null ? null : (await desk.FindAsync(id, http.RequestAborted))?.Management;
                return (await desk.PutAsync(user.ToActor()!, request with { Management = request.Management ?? kept }, http.RequestAborted))
                    .Answer(put => ArmJson.Answer(ResourceView.Of(put.Resource, version), put.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK));
            default:
                throw new InvalidOperationException("A form is either good or bad.");
        }
    }

    private static async Task<IResult> GetAsync(HttpContext http, IResourceDesk desk) =>
        await desk.FindAsync(ArmPaths.Resource(http), http.RequestAborted) is { } resource
            ? ArmJson.Answer(ResourceView.Of(resource, ArmVersion.Of(http)))
            : NotFound(ArmPaths.Resource(http));

    private static async Task<IResult> PatchAsync(HttpContext http, IResourceDesk desk, ClaimsPrincipal user)
    {
        var id = ArmPaths.Resource(http);
        var (tags, skuName, error) = await ResourceBody.ReadPatchAsync(http);
        if (error is not null)
        {
            return error;
        }

        if (await desk.FindAsync(id, http.RequestAborted) is null)
        {
            return NotFound(id);
        }

        ResourceSku? sku = null;
        var wrong = (skuName is null ? null : ResourceRules.Sku(skuName, out sku)) ?? (tags is null ? null : TagRules.Check(tags));
        return wrong is not null
            ? new ArmError(400, wrong.Fault.Code, wrong.Fault.Message, wrong.RuleId)
            : (await desk.PatchAsync(user.ToActor()!, id, tags, sku, http.RequestAborted)).Answer(resource => ArmJson.Answer(ResourceView.Of(resource, ArmVersion.Of(http))));
    }

    /// <summary>202 with where to look while it goes on; 204 when there is nothing (any more).</summary>
    private static async Task<IResult> DeleteAsync(HttpContext http, IResourceDesk desk, PortalSettings settings, ClaimsPrincipal user)
    {
        var answer = await desk.DeleteAsync(user.ToActor()!, ArmPaths.Resource(http), http.RequestAborted);
        return answer.Answer(deletion => deletion.Resource is { } going ? OperationResultsApi.StillRunning(http, going, settings.Arm) : Results.NoContent());
    }

    /// <summary>The devices call nobody outside the customer's network: the list is empty.</summary>
    private static async Task<IResult> OutboundAsync(HttpContext http, IResourceDesk desk) =>
        await desk.FindAsync(ArmPaths.Resource(http), http.RequestAborted) is not null ? ArmJson.Answer(new ArmList<object>([], null)) : NotFound(ArmPaths.Resource(http));

    private static ArmError NotFound(ResourceId id) =>
        new(404, "ResourceNotFound", $"The resource '{ResourceId.Type}/{id.Name}' under resource group '{id.Group}' was not found.");

    private static IResult Answer<T>(this ResourceAnswer<T> answer, Func<T, IResult> done) => answer switch
    {
        ResourceAnswer<T>.Done(var value) => done(value),
        ResourceAnswer<T>.Refused(var status, var fault, _) => new ArmError(status, fault.Code, fault.Message),
        _ => throw new InvalidOperationException("An answer is either done or refused."),
    };
}
