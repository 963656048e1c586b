using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.WorkOrders;

/// <summary>Clocks of work at the rack. The published page says only that it can take long, so all of it is configuration.</summary>
public sealed record WorkOrderOptions
{
    /// <summary>How long both cords stay out (W3 step 6).</summary>
    public TimeSpan OffAtLeast { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an order of severity Critical may wait for somebody; twice, eight and forty-eight times as long for the others.</summary>
    public TimeSpan AcceptWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From taking it, and again from arriving, until the device is identified by both.</summary>
    public TimeSpan IdentifyWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From there until both cords are back.</summary>
    public TimeSpan PowerWithin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the portal waits for signs afterwards.</summary>
    public TimeSpan VerifyWithin { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>From the order until the unit is out of the rack (W6).</summary>
    public TimeSpan RemoveWithin { get; init; } = TimeSpan.FromHours(72);

    /// <summary>From removal until disk and HSM are destroyed: the same shift.</summary>
    public TimeSpan DestroyWithin { get; init; } = TimeSpan.FromHours(8);

    /// <summary>From there until the certificate.</summary>
    public TimeSpan CertifyWithin { get; init; } = TimeSpan.FromHours(48);

    /// <summary>How far a recorded time may lie ahead of the portal's clock.</summary>
    public TimeSpan ClockSlack { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an order of that severity may wait to be taken.</summary>
    public TimeSpan AcceptWithinFor(Severity severity) => severity switch
    {
        Severity.Critical => AcceptWithin,
        Severity.High => AcceptWithin * 2,
        Severity.Medium => AcceptWithin * 8,
        _ => AcceptWithin * 48,
    };
}
