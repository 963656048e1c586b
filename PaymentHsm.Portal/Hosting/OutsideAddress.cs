using Microsoft.AspNetCore.HttpOverrides;

namespace PaymentHsm.Portal.Hosting;

/// <summary>
/// Behind a reverse proxy the addresses that the portal gives out must be those that callers use. ASP.NET's own switch
/// (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c>) turns forwarded headers on, for the scheme and the caller's address; this adds host and path base.
/// </summary>
internal static class OutsideAddress
{
    public static IServiceCollection AddOutsideAddress(this IServiceCollection services) => services.PostConfigure<ForwardedHeadersOptions>(o =>
    {
        if (o.ForwardedHeaders != ForwardedHeaders.None)
        {
            o.ForwardedHeaders |= ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix;
        }
    });
}
