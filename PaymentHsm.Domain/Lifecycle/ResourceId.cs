using System.Diagnostics.CodeAnalysis;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Which resource: subscription, resource group and name. Compared without regard to case, shown as first written (ARM).</summary>
/// <param name="Subscription">Subscription id.</param>
/// <param name="Group">Resource group.</param>
/// <param name="Name">Resource name.</param>
public sealed record ResourceId(Guid Subscription, string Group, string Name)
{
    /// <summary>Resource type, as the API spells it.</summary>
    public const string Type = "Microsoft.HardwareSecurityModules/dedicatedHSMs";

    /// <summary>What two ids of the same resource share, whatever their spelling.</summary>
    public string Key => ToString().ToUpperInvariant();

    /// <inheritdoc/>
    public bool Equals(ResourceId? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>The ARM id.</summary>
    public override string ToString() => $"/subscriptions/{Subscription}/resourceGroups/{Group}/providers/{Type}/{Name}";

    /// <summary>Reads an ARM id in any spelling of its fixed words.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ResourceId? id)
    {
        id = text?.Split('/') is ["", var s, var subscription, var g, var group, var p, var provider, var type, { Length: > 0 } name]
            && Same(s, "subscriptions") && Same(g, "resourceGroups") && Same(p, "providers") && Same($"{provider}/{type}", Type)
            && group.Length > 0 && Guid.TryParse(subscription, out var parsed)
            ? new ResourceId(parsed, group, name)
            : null;
        return id is not null;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
