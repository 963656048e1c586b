using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.WorkOrders;

/// <summary>
/// Work at the rack, ordered by an operation and done by on-site staff (R3). Immutable: every act gives a new value or a refusal, and what was done once is
/// never taken out of <see cref="Acts"/>.
/// </summary>
/// <param name="Number">For people and addresses: <c>WO-0001</c>; empty before it was stored.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Serial">The bound device; only its label lets the work go on (R66).</param>
/// <param name="Place">Where it stands by the site's records.</param>
/// <param name="Ticket">The ticket that carries it (R53, R85).</param>
/// <param name="Operation">The operation that waits for it; null for work without one.</param>
/// <param name="Reason">Why, in the words of the operation.</param>
/// <param name="OrderedBy">Who asked for it.</param>
/// <param name="Excluded">Ids of people who asked or approved and therefore may not touch it (R10, I6).</param>
/// <param name="State">Where it stands.</param>
/// <param name="Step">The step that is next.</param>
/// <param name="OpenedAt">When it was opened (UTC).</param>
/// <param name="DueAt">When the present step is overdue; null once it has ended (I10).</param>
/// <param name="Escalated">True when somebody was told that the present step is overdue.</param>
/// <param name="Assignee">Who took it; the executor.</param>
/// <param name="SecondPerson">The other person at the rack; the witness.</param>
/// <param name="Acts">Everything that was done, in order.</param>
/// <param name="Stop">Why it is on hold; null when it is not.</param>
/// <param name="Work">What is particular to the kind.</param>
/// <param name="End">How it ended; null before.</param>
/// <param name="Version">Rises with each stored change.</param>
public sealed record WorkOrder(
    string Number,
    WorkOrderKind Kind,
    HsmSerial Serial,
    Location Place,
    string? Ticket,
    Guid? Operation,
    string Reason,
    string OrderedBy,
    IReadOnlyList<string> Excluded,
    WorkOrderState State,
    WorkStep Step,
    DateTimeOffset OpenedAt,
    DateTimeOffset? DueAt,
    bool Escalated,
    string? Assignee,
    string? SecondPerson,
    IReadOnlyList<WorkAct> Acts,
    WorkStop? Stop,
    WorkDetails Work,
    WorkEnd? End,
    long Version)
{
    /// <summary>The steps of this kind of order, in their only order.</summary>
    public IReadOnlyList<WorkStep> Steps => StepsOf(Kind);

    /// <summary>The act of that name; null when it was not done.</summary>
    public WorkAct? Act(string name) => Acts.FirstOrDefault(a => a.Name == name);

    /// <summary>True when the step lies behind.</summary>
    public bool IsPast(WorkStep step) => Steps.ToList().IndexOf(step) is >= 0 and var at && at < Position;

    /// <summary>Steps that lie behind.</summary>
    public int Position => Step == WorkStep.Ended ? Steps.Count : Steps.ToList().IndexOf(Step);

    /// <summary>True when the present step is late.</summary>
    public bool IsOverdue(DateTimeOffset now) => End is null && DueAt <= now;

    /// <summary>The steps of a kind.</summary>
    public static IReadOnlyList<WorkStep> StepsOf(WorkOrderKind kind) => kind switch
    {
        WorkOrderKind.HardReboot => [WorkStep.Accept, WorkStep.Identify, WorkStep.ConfirmSlot, WorkStep.PowerOff, WorkStep.PowerOn, WorkStep.Verify],
        WorkOrderKind.Destruction => [WorkStep.Accept, WorkStep.Remove, WorkStep.ConfirmRemoval, WorkStep.DestroyDisk, WorkStep.WitnessDisk, WorkStep.DestroyHsm, WorkStep.WitnessHsm, WorkStep.Certify],
        _ => [WorkStep.Accept, WorkStep.Identify, WorkStep.Swap],
    };

    /// <summary>The order after one more act, with the next step and its deadline.</summary>
    internal WorkOrder Did(WorkAct act, WorkStep next, DateTimeOffset? due) =>
        this with { Acts = [.. Acts, act], Step = next, DueAt = due, Escalated = next == Step && due == DueAt && Escalated };
}

/// <summary>What is to be done at the rack.</summary>
public enum WorkOrderKind
{
    /// <summary>W3: both power supplies out and in again.</summary>
    HardReboot,

    /// <summary>W6: out of the rack, disk and HSM destroyed under a witness.</summary>
    Destruction,

    /// <summary>W10: a power supply or a fan is replaced (R47).</summary>
    PartSwap,
}

/// <summary>Where an order stands.</summary>
public enum WorkOrderState
{
    /// <summary>Nobody took it yet.</summary>
    Open,

    /// <summary>Somebody has it.</summary>
    AtWork,

    /// <summary>Something did not match; nobody goes on before an engineer has decided.</summary>
    OnHold,

    /// <summary>Ended; the end says how.</summary>
    Done,

    /// <summary>Ended before anything irrevocable was done.</summary>
    Cancelled,
}

/// <summary>Steps of work orders; each kind has its own sequence (<see cref="WorkOrder.StepsOf"/>).</summary>
public enum WorkStep
{
    Accept,

    /// <summary>At the rack: the label is scanned before anything is touched (R66).</summary>
    Identify,

    /// <summary>Another person confirms the slot (R66).</summary>
    ConfirmSlot,

    /// <summary>Both cords out.</summary>
    PowerOff,

    /// <summary>Both cords in again, not before the waiting time.</summary>
    PowerOn,

    /// <summary>The portal watches; people have done their part.</summary>
    Verify,

    /// <summary>The unit is taken out and its label scanned.</summary>
    Remove,

    /// <summary>The second person scans it too: from here there is no way back (D27).</summary>
    ConfirmRemoval,

    /// <summary>The executor destroys the disk.</summary>
    DestroyDisk,

    /// <summary>The witness signs it (D28).</summary>
    WitnessDisk,

    /// <summary>The executor destroys the HSM.</summary>
    DestroyHsm,

    /// <summary>The witness signs it (D29).</summary>
    WitnessHsm,

    /// <summary>An engineer who was at no rack certifies.</summary>
    Certify,

    /// <summary>The part is replaced.</summary>
    Swap,

    Ended,
}

/// <summary>One thing that somebody did on an order.</summary>
/// <param name="Name">Stable name, for example <c>scanned</c>.</param>
/// <param name="By">Who.</param>
/// <param name="At">When (UTC); the recorded time of a cord is the time that was given.</param>
/// <param name="Detail">In words.</param>
public sealed record WorkAct(string Name, string By, DateTimeOffset At, string Detail);

/// <summary>Why an order is on hold.</summary>
/// <param name="RuleId">The rule that stopped it.</param>
/// <param name="Reason">In words for the person at the rack.</param>
/// <param name="Scanned">What was scanned instead; null when something else is wrong.</param>
/// <param name="By">Who found it.</param>
/// <param name="At">When.</param>
public sealed record WorkStop(string RuleId, string Reason, string? Scanned, string By, DateTimeOffset At);

/// <summary>How an order ended.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who ended it: the portal after verification, or a person.</param>
/// <param name="Outcome">What was proved; null where nothing is to be proved.</param>
/// <param name="Detail">In a sentence for people.</param>
public sealed record WorkEnd(DateTimeOffset At, string By, OperationOutcome? Outcome, string Detail);
