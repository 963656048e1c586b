using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>The one scheme, host and port that links of a service may point at; anything else would carry the token to another host (OOB-PROFILE 2).</summary>
internal sealed class RedfishOrigin(Uri service)
{
    private readonly string _authority = service.GetLeftPart(UriPartial.Authority);

    /// <summary>Resolves a link of this service.</summary>
    /// <exception cref="LinkException">The link leaves the origin or is no link.</exception>
    public Uri Resolve(string link) =>
        TryResolve(link) ?? throw new RedfishException(LinkFault.Protocol, $"The controller named '{Words.Short(link)}', which is not on its own origin; not followed.");

    /// <summary>Resolves a link, or null when it leaves the origin or is no link.</summary>
    public Uri? TryResolve(string link)
    {
        if (link.Length > 2048)
        {
            return null;
        }

        var isPath = link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal) && !link.Contains('\\', StringComparison.Ordinal);
        if (!Uri.TryCreate(isPath ? _authority + link : link, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0)
        {
            return null;
        }

        return string.Equals(uri.GetLeftPart(UriPartial.Authority), _authority, StringComparison.OrdinalIgnoreCase) ? uri : null;
    }
}
