using System.Collections.Immutable;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Enrolment;

/// <summary>Endpoints, trust and credentials of the enrolled devices, as last read. Replaced as a whole; safe from any thread.</summary>
internal sealed class DeviceDirectory
{
    private ImmutableDictionary<HsmSerial, DeviceEntry>? _entries;

    /// <summary>False until the records were read for the first time since the start.</summary>
    public bool IsRead => Volatile.Read(ref _entries) is not null;

    /// <summary>Puts the records just read in place of the old ones.</summary>
    public void Replace(IEnumerable<DeviceEntry> entries) =>
        Volatile.Write(ref _entries, entries.ToImmutableDictionary(entry => entry.Device.Serial));

    /// <exception cref="KeyNotFoundException">The device is not enrolled.</exception>
    /// <exception cref="LinkException">The records were not read since the start: nothing can be said of any device, which is not the same as one that is gone or silent.</exception>
    public DeviceEntry FindEntry(HsmSerial serial)
    {
        var entries = Volatile.Read(ref _entries) ?? throw new LinkException(LinkFault.NoAnswer, "The enrolment source could not be read since the start, so no device can be asked yet.");
        return entries.TryGetValue(serial, out var entry) ? entry : throw new KeyNotFoundException($"{serial} is not enrolled.");
    }

    /// <summary>Where the device's host port listens.</summary>
    /// <exception cref="KeyNotFoundException">The device is not enrolled.</exception>
    public EnrolledHostPort Find(HsmSerial serial) => FindEntry(serial).Host;
}
