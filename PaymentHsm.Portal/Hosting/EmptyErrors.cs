using PaymentHsm.Portal.Api.Arm;

namespace PaymentHsm.Portal.Hosting;

/// <summary>An error without a body gets one: problem details for programs, the not-found page for people.</summary>
internal static class EmptyErrors
{
    private static readonly PathString[] Programs = ["/api", "/hubs", "/openapi", "/healthz", "/metrics"];

    /// <summary>True for addresses that programs call: they never get a page and never a redirect.</summary>
    public static bool IsForPrograms(PathString path) => Programs.Any(p => path.StartsWithSegments(p, StringComparison.Ordinal)) || ArmPaths.Include(path);

    public static void UseAnswersForEmptyErrors(this WebApplication app)
    {
        // In this order: what the inner one has answered for programs has a body, so the outer one leaves it alone.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseWhen(http => IsForPrograms(http.Request.Path), programs => programs.UseStatusCodePages());
    }
}
