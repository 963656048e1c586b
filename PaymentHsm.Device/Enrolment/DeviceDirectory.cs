using System.Collections.Immutable;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Enrolment;

/// <summary>Endpoints, trust and credentials of the enrolled devices, as last read. Replaced as a whole; safe from any thread.</summary>
internal sealed class DeviceDirectory
{
    private ImmutableDictionary<HsmSerial, DeviceEntry> _entries = ImmutableDictionary<HsmSerial, DeviceEntry>.Empty;

    /// <summary>Puts the records just read in place of the old ones.</summary>
    public void Replace(IEnumerable<DeviceEntry> entries) =>
        Volatile.Write(ref _entries, entries.ToImmutableDictionary(entry => entry.Device.Serial));

    /// <exception cref="KeyNotFoundException">The device is not enrolled.</exception>
    public DeviceEntry FindEntry(HsmSerial serial) =>
        Volatile.Read(ref _entries).TryGetValue(serial, out var entry) ? entry : throw new KeyNotFoundException($"{serial} is not enrolled.");

    /// <summary>Where the device's host port listens.</summary>
    /// <exception cref="KeyNotFoundException">The device is not enrolled.</exception>
    public EnrolledHostPort Find(HsmSerial serial) => FindEntry(serial).Host;
}
