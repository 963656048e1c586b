using System.Collections.Concurrent;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Grains;

/// <summary>
/// When each device is due, and which are polled now: one poll in flight per device, and so many on this node, the longest overdue first. A node with more to do than it
/// can is late, which shows as age (R50); without the bound its own slowness would look like controllers that do not answer. Safe from any thread.
/// </summary>
/// <param name="atOnce">Polls under way at once.</param>
internal sealed class PollSchedule(int atOnce)
{
    private readonly ConcurrentDictionary<HsmSerial, PolledDevice> _devices = new();
    private int _underWay;

    /// <summary>The devices that are watched, in no order.</summary>
    public IEnumerable<PolledDevice> Devices => _devices.Select(d => d.Value);

    /// <summary>Begins to watch a device; does nothing when it is watched already.</summary>
    public void Watch(HsmSerial serial, DateTimeOffset due) => _devices.GetOrAdd(serial, s => new PolledDevice(s, due));

    /// <summary>Watches a device no more.</summary>
    public void Forget(HsmSerial serial)
    {
        if (_devices.TryRemove(serial, out var device))
        {
            device.Stop();
        }
    }

    /// <summary>The devices to poll now; each is under way until <see cref="End"/>.</summary>
    public IReadOnlyList<PolledDevice> Begin(DateTimeOffset now)
    {
        List<PolledDevice> begun = [];
        foreach (var device in Devices.Where(d => d.Due <= now).OrderBy(d => d.Due))
        {
            if (Volatile.Read(ref _underWay) >= atOnce)
            {
                break;
            }

            if (device.TryBegin())
            {
                Interlocked.Increment(ref _underWay);
                begun.Add(device);
            }
        }

        return begun;
    }

    /// <summary>The poll of a device has ended; it is due again at that time, or at once when something happened meanwhile.</summary>
    public void End(PolledDevice device, DateTimeOffset next)
    {
        device.End(next);
        Interlocked.Decrement(ref _underWay);
    }
}
