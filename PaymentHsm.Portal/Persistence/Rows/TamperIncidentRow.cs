namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One tamper of one device; at most one is open per device.</summary>
internal sealed class TamperIncidentRow
{
    public long Id { get; set; }
    public required string Serial { get; set; }
    public long TicketId { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public required string What { get; set; }
    public string? Choice { get; set; }
    public string? ChosenBy { get; set; }

    /// <summary>The recovery of the logs as JSON: hashes and names only.</summary>
    public string? Recovery { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public string? ReviewedBy { get; set; }
}
