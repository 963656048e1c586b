using System.Net;

namespace PaymentHsm.Portal.Settings;

/// <summary>Where the portal listens: the standard <c>urls</c> setting, or our default on loopback.</summary>
internal static class ListenAddresses
{
    /// <summary>Used when nothing else is configured.</summary>
    public const string Default = "http://127.0.0.1:5080;https://127.0.0.1:5443";

    public static IReadOnlyList<string> From(IConfiguration configuration) =>
        (configuration["urls"] is { Length: > 0 } urls ? urls : Default).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip)));
}
