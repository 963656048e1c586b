namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>Last known readings of one device: what is shown, as old as it is, after a restart.</summary>
internal sealed class HealthRow
{
    public required string Serial { get; set; }
    public DateTimeOffset ObservedAt { get; set; }
    public string? Firmware { get; set; }

    /// <summary>The judged readings as JSON.</summary>
    public required string Readings { get; set; }
}
