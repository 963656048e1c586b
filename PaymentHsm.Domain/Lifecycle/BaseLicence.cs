namespace PaymentHsm.Domain.Lifecycle;

/// <summary>The licence set that every hosted unit has, whatever its SKU (R43).</summary>
public static class BaseLicence
{
    /// <summary>The ten items.</summary>
    public static IReadOnlyList<string> Features { get; } =
    [
        "Premium Key Management",
        "Magnetic Stripe Issuing",
        "Magnetic Stripe Transaction Processing",
        "EMV Chip, Contactless and Mobile Issuing",
        "EMV Transaction Processing",
        "User Authentication",
        "Data Protection",
        "Legacy Commands",
        "Remote payShield Manager",
        "Hosted HSM",
    ];

    /// <summary>The items that a device does not list; empty when its set is complete.</summary>
    public static IReadOnlyList<string> MissingFrom(IEnumerable<string> features)
    {
        var has = features.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Features.Where(f => !has.Contains(f))];
    }
}
