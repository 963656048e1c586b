namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>Renewed administrator credentials of one device, encrypted with the portal's key ring: never in clear, never in a log.</summary>
internal sealed class AdministratorSecretRow
{
    public required string Serial { get; set; }

    /// <summary>The last one that was let in.</summary>
    public string? Confirmed { get; set; }

    /// <summary>One that the device may or may not have taken.</summary>
    public string? Proposed { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
