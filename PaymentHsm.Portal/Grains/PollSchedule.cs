using System.Collections.Concurrent;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Grains;

/// <summary>
/// When each device is due, and which are polled now: one poll in flight per device, and so many on this node, the longest overdue first. A node with more to do than it
/// can is late, which shows as age (R50); without the bound its own slowness would look like controllers that do not answer. Safe from any thread.
/// </summary>
/// <param name="atOnce">Polls at work at once.</param>
/// <param name="work">Longest that a poll counts as work. After that it waits for a controller that does not answer, and an outage of thousands must not hold up the rest.</param>
internal sealed class PollSchedule(int atOnce, TimeSpan work)
{
    private readonly ConcurrentDictionary<HsmSerial, PolledDevice> _devices = new();

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

    /// <summary>The devices to poll now; each is under way until <see cref="PolledDevice.End"/>.</summary>
    public IReadOnlyList<PolledDevice> Begin(DateTimeOffset now)
    {
        var places = atOnce - Devices.Count(d => d.BegunAt > now - work);
        return [.. Devices.Where(d => d.Due <= now && d.BegunAt is null).OrderBy(d => d.Due).Take(Math.Max(0, places)).Where(d => d.TryBegin(now))];
    }
}
