namespace PaymentHsm.Domain.Approvals;

/// <summary>Where an approval request stands (DOMAIN 2.3).</summary>
public enum ApprovalState
{
    /// <summary>Being written; nobody may sign it yet.</summary>
    Draft,

    /// <summary>Waits for signatures.</summary>
    Submitted,

    /// <summary>The quorum signed; waits to be armed.</summary>
    Approved,

    /// <summary>The flag is set; the act it allows may be done once, inside its window.</summary>
    Armed,

    /// <summary>Used. The end of a good one.</summary>
    Consumed,

    /// <summary>Somebody with a vote said no.</summary>
    Rejected,

    /// <summary>Taken back by the requester before it was approved.</summary>
    Withdrawn,

    /// <summary>One of its two clocks ran out.</summary>
    Expired,

    /// <summary>Taken back after approval, before use.</summary>
    Revoked,

    /// <summary>What it was bound to has changed.</summary>
    Invalidated,
}
