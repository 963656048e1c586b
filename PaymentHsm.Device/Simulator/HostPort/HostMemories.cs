using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Store;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>
/// Writes what host ports remember: every few seconds and at the end. A process that is killed loses at most the last <see cref="Period"/> of counts and
/// audit records, and a record handed out by Q2 in that time is handed out once more.
/// </summary>
internal sealed class HostMemories : IDisposable
{
    /// <summary>How often changes are written.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly IReadOnlyCollection<SimulatedHsm> _devices;
    private readonly DeviceStore _store;
    private readonly ITimer _timer;

    public HostMemories(IReadOnlyCollection<SimulatedHsm> devices, DeviceStore store, TimeProvider time)
    {
        (_devices, _store) = (devices, store);
        _timer = time.CreateTimer(static state => ((HostMemories)state!).Flush(), this, Period, Period);
    }

    /// <summary>Writes what changed.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            foreach (var device in _devices)
            {
                if (device.Host.TakeChanged() is { } state)
                {
                    _store.SaveHost(device.Identity.Serial, state);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Flush();
    }
}
