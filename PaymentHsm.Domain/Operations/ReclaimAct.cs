namespace PaymentHsm.Domain.Operations;

/// <summary>The next act of a force delete.</summary>
public abstract record ReclaimAct
{
    private ReclaimAct()
    {
    }

    /// <summary>It has ended.</summary>
    public sealed record Ended : ReclaimAct;

    /// <summary>Come back then.</summary>
    public sealed record Wait(DateTimeOffset Until) : ReclaimAct;

    /// <summary>Use the armed approval (D24), in one transaction with the beginning of the work.</summary>
    public sealed record Begin : ReclaimAct;

    /// <summary>Move the device to Reclaiming (D16), read it, and ask its records for this operation.</summary>
    public sealed record Check : ReclaimAct;

    /// <summary>Store the intent, then send the request.</summary>
    public sealed record Send : ReclaimAct;

    /// <summary>Ask the device whether a request whose fate is not known arrived.</summary>
    public sealed record LookUp : ReclaimAct;

    /// <summary>Read the device's record of the running Reclaim.</summary>
    public sealed record Follow : ReclaimAct;

    /// <summary>Read the device and its log afresh.</summary>
    public sealed record ReadBack : ReclaimAct;

    /// <summary>Move the device to Released (D17, D24) and read the R78 list.</summary>
    public sealed record Verify : ReclaimAct;

    /// <summary>Seal the bundle; the resource goes.</summary>
    public sealed record Detach : ReclaimAct;

    /// <summary>Quarantine the device as not erased (D18), or leave it there (D24); seal the bundle that says so; the resource goes.</summary>
    public sealed record GiveUp : ReclaimAct;

    /// <summary>Put the clean device on baseline.</summary>
    public sealed record Rebaseline : ReclaimAct;

    /// <summary>Say how it ended.</summary>
    public sealed record Close : ReclaimAct;
}
