namespace PaymentHsm.Domain.Operations;

/// <summary>Clocks of a force delete (W5, OOB-PROFILE 9 and 10). None is in the published page, so all of it is configuration.</summary>
public sealed record ForceDeleteOptions
{
    /// <summary>Reclaim with all its look-ups; afterwards the device counts as not erased (R80).</summary>
    public TimeSpan ReclaimWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Pause after a request of which no byte was sent, or a read that failed before one.</summary>
    public TimeSpan SendAgainAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the device's record of the Reclaim is read while it runs.</summary>
    public TimeSpan FollowEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>First pause between two look-ups of a request whose result is not known; each further one doubles it.</summary>
    public TimeSpan LookUpEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause between two look-ups.</summary>
    public TimeSpan LookUpAtMost { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A request counts as never accepted when the device says so twice, this far apart.</summary>
    public TimeSpan AbsenceMargin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the same request may be sent again after such a proof.</summary>
    public int Resends { get; init; } = 2;
}
