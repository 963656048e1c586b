namespace PaymentHsm.Domain.Approvals;

/// <summary>What a policy says of the signatures so far.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Enough different people signed.</summary>
    public sealed record Allow : Verdict;

    /// <summary>More signatures are needed.</summary>
    public sealed record Wait(int MoreApprovals) : Verdict;

    /// <summary>A no, or a signature that breaks a rule: it outweighs any number of approvals.</summary>
    public sealed record Deny(Refusal Why) : Verdict;
}
