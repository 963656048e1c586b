using System.Collections.Immutable;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>What never changes about one simulated device. Stored, so that a simulator that comes back has the same devices on the same ports.</summary>
/// <param name="Index">Place in the fleet plan, from 0.</param>
/// <param name="Serial">Manufacturer's serial number.</param>
/// <param name="Region">Region name.</param>
/// <param name="Stamp">Failure domain within the region.</param>
/// <param name="Rack">Rack name, unique in the fleet.</param>
/// <param name="Slot">Lowest rack unit filled.</param>
/// <param name="Base">Base release as delivered, for example <c>2.2b</c>.</param>
/// <param name="ServiceUuid">UUID of the out-of-band controller: the root's <c>UUID</c>, by which a driver knows that it speaks to the right device.</param>
/// <param name="OobPort">HTTPS port of the out-of-band controller.</param>
/// <param name="HostPort">TCP (and UDP) port of the host commands.</param>
/// <param name="HostTlsPort">TLS port of the host commands.</param>
/// <param name="ManagementPort">The port on which only the customer's payShield Manager has business; it accepts and counts.</param>
/// <param name="Passwords">Password as delivered, by account name.</param>
internal sealed record DeviceIdentity(
    int Index,
    string Serial,
    string Region,
    string Stamp,
    string Rack,
    int Slot,
    string Base,
    Guid ServiceUuid,
    int OobPort,
    int HostPort,
    int HostTlsPort,
    int ManagementPort,
    ImmutableSortedDictionary<string, string> Passwords)
{
    /// <summary>The model name that the device reports.</summary>
    public const string Model = "payShield 10K";
}
