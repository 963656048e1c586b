using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>Addresses of the ARM API. Every segment is matched without regard to case, fixed words included: clients spell them as they like.</summary>
internal static class ArmPaths
{
    private const string Provider = "/providers/Microsoft.HardwareSecurityModules";
    private const string InSubscription = "/subscriptions/{subscription}" + Provider;

    public const string Operations = Provider + "/operations";
    public const string OfSubscription = "/subscriptions/{subscription}/providers/" + ResourceId.Type;
    public const string OfGroup = "/subscriptions/{subscription}/resourceGroups/{group}/providers/" + ResourceId.Type;
    public const string One = OfGroup + "/{name}";
    public const string OutboundEndpoints = One + "/outboundNetworkDependenciesEndpoints";
    public const string OperationResult = InSubscription + "/locations/{location}/operationResults/{result}";

    /// <summary>True for everything that this API answers, with its own error envelope. <c>/subscriptions</c> itself is a page for people.</summary>
    public static bool Include(PathString path) =>
        (path.StartsWithSegments("/subscriptions", StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value is { Length: > 1 }) || path.StartsWithSegments("/providers", StringComparison.OrdinalIgnoreCase);

    /// <summary>Which resource the address names. <see cref="ArmScope"/> has seen to it that the subscription is a GUID.</summary>
    public static ResourceId Resource(HttpContext http)
    {
        var route = http.Request.RouteValues;
        return new ResourceId(Subscription(http), (string)route["group"]!, (string)route["name"]!);
    }

    /// <summary>Which subscription the address names.</summary>
    public static Guid Subscription(HttpContext http) => Guid.ParseExact((string)http.Request.RouteValues["subscription"]!, "D");

    /// <summary>Absolute address of this portal as the caller sees it.</summary>
    public static string Absolute(HttpRequest request, string path, string query) => $"{request.Scheme}://{request.Host}{request.PathBase}{path}?{query}";
}
