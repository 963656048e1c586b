using System.Diagnostics.CodeAnalysis;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Addresses of a resource's page: <c>/resources/{subscription}~{group}~{name}</c>, one path segment for the three parts of its id.</summary>
public static class ResourceLinks
{
    public static string Link(this ResourceId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return $"/resources/{id.Subscription}~{Uri.EscapeDataString(id.Group)}~{id.Name}";
    }

    /// <summary>Reads the segment of such an address, or a whole ARM id.</summary>
    public static bool TryParse(string? segment, [NotNullWhen(true)] out ResourceId? id)
    {
        id = segment?.Split('~') is [var subscription, { Length: > 0 } group, { Length: > 0 } name] && Guid.TryParse(subscription, out var parsed) ? new ResourceId(parsed, group, name) : null;
        return id is not null || ResourceId.TryParse(segment, out id);
    }
}
