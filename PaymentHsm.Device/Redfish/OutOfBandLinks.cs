using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Enrolment;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>The links of this node, one per device; made anew when the site's records of a device have changed.</summary>
internal sealed class OutOfBandLinks(
    DeviceDirectory directory, RedfishHandlers handlers, RackSwitches switches, IAdministratorVault vault, RedfishLimits limits, TimeProvider time, ILogger<OutOfBandLinks> log) : IOutOfBandLinks
{
    private readonly ConcurrentDictionary<HsmSerial, OutOfBandLink> _links = new();

    /// <inheritdoc/>
    public IOutOfBandLink LinkTo(HsmSerial serial)
    {
        var entry = directory.FindEntry(serial);

        // A link whose records changed is left to those who still hold it; it owns nothing that needs closing at once.
        return _links.AddOrUpdate(serial, _ => Open(entry), (_, link) => link.Entry == entry ? link : Open(entry));
    }

    private OutOfBandLink Open(DeviceEntry entry) => new(entry, new RedfishWire(handlers.PoolFor(entry.Oob.Trust), limits, time), switches, vault, log);
}
