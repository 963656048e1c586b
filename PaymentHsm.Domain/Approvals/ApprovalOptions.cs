namespace PaymentHsm.Domain.Approvals;

/// <summary>Quorum and clocks of an approval. Not in the published page, so all of it is configuration; the quorum has a floor (R75).</summary>
public sealed record ApprovalOptions
{
    /// <summary>No quorum is smaller.</summary>
    public const int SmallestQuorum = 2;

    /// <summary>Different approvers needed.</summary>
    public int Quorum { get; init; } = SmallestQuorum;

    /// <summary>First clock: time to approve, from submission.</summary>
    public TimeSpan ApproveWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Second clock: time to use it, from the last signature.</summary>
    public TimeSpan ExecuteWithin { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How old the proof of a second factor may be when a person signs.</summary>
    public TimeSpan StepUpAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pause between the last signature and arming, in which it can still be revoked; zero for none. The second clock begins after it.</summary>
    public TimeSpan CoolingOff { get; init; }

    /// <summary>Signatures needed: what is set, never less than the floor.</summary>
    public int Needed => Math.Max(Quorum, SmallestQuorum);

    /// <summary>Why these settings cannot work; null when they can.</summary>
    /// <param name="eligible">How many people could sign.</param>
    public Refusal? Check(int eligible) =>
        Quorum < SmallestQuorum ? new Refusal("R75", RefusalKind.BadInput, $"A quorum of {Quorum} is too small; at least {SmallestQuorum}.")
        : Quorum >= eligible ? new Refusal("R75", RefusalKind.BadInput, $"A quorum of {Quorum} needs more than {Quorum} eligible approvers, so that one absence does not stall; there are {eligible}.")
        : null;
}
