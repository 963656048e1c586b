using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Operations;

/// <summary>
/// A durable piece of work on one device. It is stored before every side effect and closed by what was read back; any process may die in between
/// and another goes on from what is stored (R88). Immutable: each change makes a new value, guarded by <see cref="Version"/>.
/// </summary>
/// <param name="Id">Also the request id that the device sees, so that a repeat causes nothing twice (R68).</param>
/// <param name="Kind">What is being done.</param>
/// <param name="Serial">To which device.</param>
/// <param name="Ticket">The support ticket that carries it (R53); null for automation's own work.</param>
/// <param name="Reason">Why, in the requester's words.</param>
/// <param name="RequestedBy">Person or program that asked.</param>
/// <param name="RequestedAt">When (UTC).</param>
/// <param name="State">Where it stands.</param>
/// <param name="Steps">All steps in order, those to come included.</param>
/// <param name="Outcome">Null until finished.</param>
/// <param name="OutcomeDetail">The outcome in one or two sentences for people; null until finished.</param>
/// <param name="ConfirmBefore">When the wait for a second person lapses.</param>
/// <param name="ConfirmedBy">The second person.</param>
/// <param name="Progress">What the kind's own procedure needs to go on after a crash.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Version">Rises with each stored change.</param>
/// <param name="Approval">The approval that it waits for or was allowed by; null for kinds without a quorum.</param>
public sealed record Operation(
    Guid Id,
    OperationKind Kind,
    HsmSerial Serial,
    string? Ticket,
    string Reason,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    OperationState State,
    IReadOnlyList<OperationStep> Steps,
    OperationOutcome? Outcome,
    string? OutcomeDetail,
    DateTimeOffset? ConfirmBefore,
    string? ConfirmedBy,
    OperationProgress Progress,
    DateTimeOffset? FinishedAt,
    long Version,
    string? Approval = null)
{
    /// <summary>Short name for people: <c>op-41d7aa</c>.</summary>
    public string ShortName => string.Concat("op-", Id.ToString("N").AsSpan(26, 6));

    /// <summary>The step of that name.</summary>
    public OperationStep Step(string name) => Steps.First(s => s.Name == name);

    /// <summary>A copy with one step replaced.</summary>
    public Operation With(OperationStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return this with { Steps = [.. Steps.Select(s => s.Name == step.Name ? step : s)] };
    }
}

/// <summary>What is being done to a device.</summary>
public enum OperationKind
{
    /// <summary>W2: one graceful restart by an out-of-band request.</summary>
    SoftReboot,

    /// <summary>W3: a power cycle by hand.</summary>
    HardReboot,

    /// <summary>W5: deletion that bypasses the release check.</summary>
    ForceDelete,

    /// <summary>W6: destruction of a failed unit.</summary>
    Destruction,

    /// <summary>W1: hand-over of a free device to a customer.</summary>
    Allocation,

    /// <summary>W4: a released device comes back, is verified clean and put on baseline.</summary>
    Deletion,

    /// <summary>W7: a base image for a device of the pool.</summary>
    FirmwareUpdate,

    /// <summary>D24: a fresh Reclaim of a quarantined device that was not proven to be erased.</summary>
    ReclaimAgain,
}

/// <summary>Where an operation stands.</summary>
public enum OperationState
{
    /// <summary>A second person has to confirm.</summary>
    AwaitingConfirmation,

    /// <summary>The system is at work.</summary>
    Running,

    /// <summary>Ended; the outcome says how. Never reopened.</summary>
    Finished,
}

/// <summary>How an operation ended: what was proved, never a bare success (R61, R62).</summary>
public enum OperationOutcome
{
    /// <summary>At least two independent signs agree that it happened.</summary>
    Verified,

    /// <summary>The request never reached the device; sending again is safe.</summary>
    NotDelivered,

    /// <summary>The request may have arrived; no sufficient sign followed.</summary>
    NotObserved,

    /// <summary>The signs disagree; a person has to look.</summary>
    Contradictory,

    /// <summary>The device or a rule refused it.</summary>
    Refused,

    /// <summary>W5, D24: erased, read back, and proven.</summary>
    ErasedAndProven,

    /// <summary>W5, D24: not erased; the unit is quarantined dirty.</summary>
    NotErased,

    /// <summary>Withdrawn or lapsed before anything was done.</summary>
    Cancelled,
}

/// <summary>One step and the evidence it left.</summary>
/// <param name="Name">Stable name, shown and returned by the API.</param>
/// <param name="State">Where the step stands.</param>
/// <param name="StartedAt">Stored before the side effect.</param>
/// <param name="EndedAt">Stored with the result.</param>
/// <param name="Deadline">When a passing step is overdue (I10).</param>
/// <param name="Evidence">What was seen, in order.</param>
public sealed record OperationStep(
    string Name, StepState State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? Deadline, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>A step still to come.</summary>
    public static OperationStep ToDo(string name) => new(name, StepState.Pending, null, null, null, []);

    /// <summary>Stored before the side effect.</summary>
    public OperationStep Start(DateTimeOffset now, DateTimeOffset? deadline = null) => this with { State = StepState.Running, StartedAt = StartedAt ?? now, Deadline = deadline ?? Deadline };

    /// <summary>Ends the step.</summary>
    public OperationStep End(StepState state, DateTimeOffset now, params IEnumerable<Evidence> evidence) =>
        this with { State = state, StartedAt = StartedAt ?? now, EndedAt = now, Evidence = [.. Evidence, .. evidence] };

    /// <summary>Adds evidence without ending the step.</summary>
    public OperationStep Note(params IEnumerable<Evidence> evidence) => this with { Evidence = [.. Evidence, .. evidence] };
}

/// <summary>Where a step stands.</summary>
public enum StepState
{
    Pending,
    Running,
    Done,

    /// <summary>Ended without what it was for; the evidence says why.</summary>
    NotDone,
}

/// <summary>One thing that was seen.</summary>
/// <param name="Name">What kind of fact, for example <c>boot counter</c>.</param>
/// <param name="Value">The fact, in words or figures.</param>
/// <param name="At">When it was seen (UTC).</param>
public sealed record Evidence(string Name, string Value, DateTimeOffset At);
