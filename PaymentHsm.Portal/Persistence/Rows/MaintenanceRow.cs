using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One planned interruption of one power feed.</summary>
internal sealed class MaintenanceRow
{
    public long Id { get; set; }
    public required string Region { get; set; }
    public required string Stamp { get; set; }

    /// <summary>Null: every rack of the stamp.</summary>
    public string? Rack { get; set; }
    public Feed Feed { get; set; }
    public DateTimeOffset StartsAt { get; set; }
    public DateTimeOffset EndsAt { get; set; }
    public required string Note { get; set; }
    public required string CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? CancelledAt { get; set; }
    public string? CancelledBy { get; set; }

    public FeedWindow ToWindow() => new(FeedWindow.NumberOf(Id), Region, Stamp, Rack, Feed, StartsAt, EndsAt, Note, CreatedBy, CancelledAt, CancelledBy);
}
