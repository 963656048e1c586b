namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>A customer's subscription on its way through the intake (R20, W11).</summary>
internal sealed class SubscriptionRow
{
    public Guid Id { get; set; }
    public required string Customer { get; set; }
    public required string Case { get; set; }
    public required string RequestedBy { get; set; }
    public DateTimeOffset RequestedAt { get; set; }
    public string? ApprovedBy { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
}
