using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.Simulator.Devices;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>What a host port remembers of one device, as stored.</summary>
/// <param name="LogErasures">The erasure of the device's logs that it came after.</param>
/// <param name="Counters">Figures of J2 and J4.</param>
/// <param name="AuditCounter">Number of the last audit record.</param>
/// <param name="Audit">Audit records of Q2, oldest first, as the digits of their wire form.</param>
internal sealed record HostMemoryState(long LogErasures, HostCountersState Counters, uint AuditCounter, IReadOnlyList<string> Audit);

/// <summary>
/// What the host port of one device remembers: J2, J4 and Q2 (J8 is part of the device's state). It outlives the process, but is not written with every
/// command: <see cref="HostMemories"/> writes what changed now and then.
/// </summary>
internal sealed class HostMemory
{
    private readonly Lock _gate = new();
    private long _stored;
    private long _logErasures;

    /// <summary>Makes it anew or from what was stored. What was stored before the last erasure of the logs is gone with that erasure.</summary>
    public HostMemory(HostMemoryState? stored, DeviceState state, RandomSource random)
    {
        Counters = new HostCounters(state.CountingSince, state.CallsPerSecond);
        Audit = new HostAuditLog(random);
        _logErasures = state.LogErasures;
        if (stored is { } known && known.LogErasures == state.LogErasures)
        {
            Counters.Restore(known.Counters);
            Restore(known);
        }

        _stored = Changes;
    }

    /// <summary>Utilisation figures.</summary>
    public HostCounters Counters { get; }

    /// <summary>The HSM audit log.</summary>
    public HostAuditLog Audit { get; }

    private long Changes => Counters.Changes + Audit.Changes;

    /// <summary>Follows the device: its licence sets the rate, an erasure of its logs takes these too.</summary>
    public void Follow(DeviceState state, DateTimeOffset now)
    {
        lock (_gate)
        {
            Counters.RatedPerSecond = state.CallsPerSecond;
            if (state.LogErasures != _logErasures)
            {
                _logErasures = state.LogErasures;
                Audit.Clear();
                Counters.Reset(now);
            }
        }
    }

    /// <summary>What is to be stored; null when nothing changed since the last time.</summary>
    public HostMemoryState? TakeChanged()
    {
        lock (_gate)
        {
            var changes = Changes;
            if (changes == _stored)
            {
                return null;
            }

            _stored = changes;
            var (counter, records) = Audit.Save();
            return new HostMemoryState(_logErasures, Counters.Save(), counter, records);
        }
    }

    private void Restore(HostMemoryState known)
    {
        try
        {
            Audit.Restore(known.AuditCounter, known.Audit);
        }
        catch (HostProtocolException)
        {
            // A damaged record: the log begins anew rather than keep a device from starting.
            Audit.Clear();
        }
    }
}
