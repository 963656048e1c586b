using System.Security.Cryptography;
using PaymentHsm.Device.Simulator.Faults;
using PaymentHsm.Device.Simulator.HostPort;
using PaymentHsm.Device.Simulator.Store;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>
/// One simulated payment HSM: the one truth behind its host port, its out-of-band controller and the control API. Everything goes through
/// <see cref="Do{T}"/>: settle what is due, apply the rule, write to disk, then answer. A rule's answer therefore never leaves before its effect is stored.
/// </summary>
internal sealed class SimulatedHsm : IDisposable
{
    private readonly Lock _lock = new();
    private readonly DeviceStore _store;
    private readonly TimeProvider _time;
    private readonly TimeSpan _restartTime;
    private readonly AuditLog _log;
    private DeviceState _state;
    private ITimer? _timer;
    private bool _disposed;

    public SimulatedHsm(DeviceIdentity identity, DeviceStore store, TimeProvider time, TimeSpan restartTime, DateTimeOffset delivered)
    {
        (Identity, _store, _time, _restartTime) = (identity, store, time, restartTime);
        Faults = new FaultSet(time);
        var fresh = NewDevice(identity, delivered, restartTime);
        _state = store.LoadState(identity.Serial) ?? fresh.State;
        _log = new AuditLog(store.LoadEntries(identity.Serial, _state.NextEntry) ?? fresh.Entries);
        Host = new HostMemory(store.LoadHost(identity.Serial), _state, RandomNumberGenerator.Fill);
        lock (_lock)
        {
            Arm();
        }
    }

    /// <summary>What never changes.</summary>
    public DeviceIdentity Identity { get; }

    /// <summary>What its host port remembers.</summary>
    public HostMemory Host { get; }

    /// <summary>Faults injected on its out-of-band wire.</summary>
    public FaultSet Faults { get; }

    /// <summary>Connections accepted since start.</summary>
    public ConnectionCounts Connections { get; } = new();

    /// <summary>Raised after a change is stored, in order, outside of answering. Handlers must be quick.</summary>
    public event Action<DeviceNotice>? Noticed;

    /// <summary>Raised after every stored change, with the new state.</summary>
    public event Action<DeviceState>? Changed;

    /// <summary>The device's clock.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>The state at this moment.</summary>
    public DeviceState State => Do(static c => c.State);

    /// <summary>The out-of-band controller can be reached: it has power, its switch forwards, its cable is in and it is not restarting itself.</summary>
    public static bool IsOobReachable(DeviceState state) => !state.ControllerDown && Links.IsUp(state, Links.Oob);

    /// <summary>Settles what is due, applies a rule and stores the result before it is returned.</summary>
    public T Do<T>(Func<Change, T> rule)
    {
        lock (_lock)
        {
            var now = Now;
            var change = new Change(Identity, _state, now, _restartTime);
            Agenda.Settle(change, now, Faults.Holds(FaultKind.TaskStuck));
            var answer = rule(change);
            Agenda.Settle(change, now, Faults.Holds(FaultKind.TaskStuck));
            if (!ReferenceEquals(change.State, _state))
            {
                Commit(change);
            }

            return answer;
        }
    }

    /// <summary>Applies a rule that has no answer.</summary>
    public void Do(Action<Change> rule) => Do(c =>
    {
        rule(c);
        return true;
    });

    /// <summary>Audit entries above an id, ascending, and whether older ones were overwritten.</summary>
    public (IReadOnlyList<AuditEntry> Entries, bool Overflow) Entries(long after = 0)
    {
        lock (_lock)
        {
            _ = State;
            return (_log.Above(after), _log.Overflow);
        }
    }

    /// <summary>One audit entry; null when it does not exist or no longer.</summary>
    public AuditEntry? FindEntry(long id)
    {
        lock (_lock)
        {
            _ = State;
            return _log.Find(id);
        }
    }

    /// <summary>Looks at the clock again: used when a fault was lifted.</summary>
    public void Wake() => Do(static c => c.State);

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private static (DeviceState State, IReadOnlyList<AuditEntry> Entries) NewDevice(DeviceIdentity identity, DateTimeOffset delivered, TimeSpan restartTime)
    {
        string[] roles = ["Administrator", "Operator", "ReadOnly", "PaymentHsmReclaim"];
        string[] names = ["oob-admin", "oob-operator", "oob-monitor", "oob-reclaim"];
        var change = new Change(
            identity,
            new DeviceState
            {
                LastReset = delivered,
                RunSince = delivered,
                CommissionChanged = delivered,
                CountingSince = delivered,
                Base = identity.Base,
                Accounts = [.. names.Select((n, i) => new Account((i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), n, roles[i], identity.Passwords[n], true))],
            },
            delivered,
            restartTime);
        change.Write("RestartCompleted", ["1", ResetCause.PowerRestorePolicy]);
        return (change.State, change.Entries);
    }

    private void Commit(Change change)
    {
        var before = _state;
        _log.Add(change.Entries);
        _store.Save(Identity.Serial, change.State, _log.Above(0), change.Entries);
        _state = change.State;
        Host.Follow(change.State, change.At);
        Arm();
        Changed?.Invoke(change.State);
        Announce(before, change);
    }

    private void Announce(DeviceState before, Change change)
    {
        if (Noticed is not { } listeners)
        {
            return;
        }

        foreach (var entry in change.Entries)
        {
            listeners(new DeviceNotice.Entry(entry));
        }

        var (old, now) = (DeviceHealth.Parts(Identity, before, change.At), DeviceHealth.Parts(Identity, change.State, change.At));
        foreach (var (path, health) in now.Where(p => p.Value is not null && old[p.Key] != p.Value))
        {
            listeners(new DeviceNotice.Status(change.State.NextEntry - 1, change.At, path, health!));
        }

        if ((before.Powered && !change.State.Powered) || (!before.ControllerDown && change.State.ControllerDown))
        {
            listeners(new DeviceNotice.Gone());
        }
    }

    /// <summary>One timer, only while something is due: a fleet at rest costs no processor time.</summary>
    private void Arm()
    {
        if (_state.Agenda is not [{ At: var due }, ..] || _disposed || due - Now > TimeSpan.FromDays(40))
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = due - Now;
        wait = wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1);
        _timer ??= _time.CreateTimer(static d => ((SimulatedHsm)d!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                Wake();
                if (!Faults.Holds(FaultKind.TaskStuck))
                {
                    Arm();
                }
            }
        }
    }
}
