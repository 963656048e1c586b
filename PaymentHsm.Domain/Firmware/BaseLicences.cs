namespace PaymentHsm.Domain.Firmware;

/// <summary>The licences that every hosted device must have, whatever its performance (R43).</summary>
public static class BaseLicences
{
    /// <summary>The ten items of the base set, as a device names them.</summary>
    public static IReadOnlyList<string> Items { get; } =
    [
        "Premium Key Management",
        "Magnetic Stripe Issuing",
        "Magnetic Stripe Transaction Processing",
        "EMV Chip Issuing",
        "EMV Transaction Processing",
        "User Authentication",
        "Data Protection",
        "Legacy Commands",
        "Remote payShield Manager",
        "Hosted HSM",
    ];

    /// <summary>The items that a device does not list; a device that lists nothing misses all.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyCollection<string> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return [.. Items.Where(i => !features.Contains(i, StringComparer.OrdinalIgnoreCase))];
    }
}
