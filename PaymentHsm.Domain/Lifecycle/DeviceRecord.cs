using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>
/// A device as the portal keeps it: lifecycle state and the facts beside it (DOMAIN 2.1). Immutable; <see cref="Apply"/> is the only way on, and keeps
/// I1, I2, I3 and I7.
/// </summary>
/// <param name="Serial">Which device.</param>
/// <param name="State">Lifecycle state.</param>
/// <param name="Custody">Who has it.</param>
/// <param name="AdminAccess">Operator's administrator access, as last proven.</param>
/// <param name="Sanitisation">What is known about customer content.</param>
/// <param name="StateSince">When the state was entered (UTC).</param>
/// <param name="Fence">Rises with every change; a command that carries an older one is stale.</param>
/// <param name="Allocation">Allocation id while reserved for or held by a customer; else null.</param>
/// <param name="Hold">Frozen after a tamper or an identity mismatch until people reviewed it (R52).</param>
/// <param name="HardwareFailed">A unit that failed in a customer's hands: destruction is its only way out (R79).</param>
public sealed record DeviceRecord(
    HsmSerial Serial,
    HsmState State,
    CustodyState Custody,
    AdminAccess AdminAccess,
    Sanitisation Sanitisation,
    DateTimeOffset StateSince,
    long Fence,
    string? Allocation = null,
    bool Hold = false,
    bool HardwareFailed = false)
{
    /// <summary>D1: a unit that just arrived. Nothing about its content is known.</summary>
    public static Outcome<DeviceRecord> Receive(HsmSerial serial, DeviceFacts facts, DateTimeOffset now)
    {
        var device = new DeviceRecord(serial, HsmState.Received, CustodyState.Operator, AdminAccess.Unknown, Sanitisation.Unknown, now, 1);
        return DeviceGuards.Check(HsmEvent.Receive, device, facts, now, LifecycleOptions.Default) is { } no ? no : device;
    }

    /// <summary>A unit in the pool, with every proof that I3 asks for: how a fleet that was commissioned elsewhere is enrolled.</summary>
    public static DeviceRecord InPool(HsmSerial serial, DateTimeOffset now) =>
        new(serial, HsmState.Available, CustodyState.Operator, AdminAccess.Enabled, Sanitisation.VerifiedClean, now, 1);

    /// <summary>When the present state is overdue; null where a person acts next (I10).</summary>
    public DateTimeOffset? Deadline(LifecycleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.DeadlineOf(State) is { } limit ? StateSince + limit : null;
    }

    /// <summary>The device after <paramref name="trigger"/>, or the rule that stands against it.</summary>
    /// <param name="trigger">What happened.</param>
    /// <param name="facts">What is known; <see cref="DeviceFacts.None"/> for the steps without a guard.</param>
    /// <param name="now">Present time (UTC).</param>
    /// <param name="options">Clocks; the defaults when null.</param>
    public Outcome<DeviceRecord> Apply(HsmEvent trigger, DeviceFacts facts, DateTimeOffset now, LifecycleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return HsmLifecycle.Table.Next(State, trigger) switch
        {
            StepResult<HsmState, HsmEvent>.Refused(var why) => why,
            StepResult<HsmState, HsmEvent>.Moved(var by) => DeviceGuards.Check(trigger, this, facts, now, options ?? LifecycleOptions.Default) is { } no
                ? no
                : DeviceEffects.Of(trigger, this, facts) with
                {
                    State = by.To!.Value,
                    StateSince = by.To == State ? StateSince : now,
                    Fence = Fence + 1,
                },
            _ => throw new InvalidOperationException("A step is either moved or refused."),
        };
    }

    /// <summary>Ends a hold after review: the latch must be read as re-armed and the identity as right, and an engineer signs (R52).</summary>
    public Outcome<DeviceRecord> LiftHold(DeviceFacts facts, DateTimeOffset now, LifecycleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (!Hold)
        {
            return DeviceGuards.No("R52", $"{Serial} is not on hold.");
        }

        var ask = new Question(this, facts, now, options ?? LifecycleOptions.Default);
        return (ask.Identity("R52") ?? ask.Untampered("R52") ?? ask.Engineers(1, "R52")) is { } no ? no : this with { Hold = false, Fence = Fence + 1 };
    }
}
