using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Store;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>Every identity of the fleet, as stored.</summary>
/// <param name="Delivered">When the fleet was made.</param>
/// <param name="Devices">Devices by place.</param>
/// <param name="Racks">Rack equipment.</param>
internal sealed record FleetBook(DateTimeOffset Delivered, ImmutableArray<DeviceIdentity> Devices, ImmutableArray<RackIdentity> Racks)
{
    private static readonly string[] AccountNames = ["oob-monitor", "oob-operator", "oob-reclaim", "oob-admin"];

    /// <summary>Every port in the book.</summary>
    [JsonIgnore]
    public IEnumerable<int> Ports => Devices.SelectMany(d => new[] { d.OobPort, d.HostPort, d.HostTlsPort, d.ManagementPort })
        .Concat(Racks.SelectMany(r => new[] { r.SwitchPort, r.PduPort }));

    /// <summary>Reads the book and adds what a larger fleet needs; what is written stays as it is.</summary>
    /// <param name="folder">The simulator's folder.</param>
    /// <param name="devices">Devices wanted; more than that may be in the book.</param>
    /// <param name="now">Delivery time of a new fleet.</param>
    /// <param name="hold">Whether the ports of what is added are held until their listeners take them; see <see cref="PortBook"/>.</param>
    public static FleetBook Open(string folder, int devices, DateTimeOffset now, bool hold = true)
    {
        var path = Path.Combine(folder, "fleet.json");
        var book = File.Exists(path)
            ? JsonSerializer.Deserialize<FleetBook>(File.ReadAllBytes(path), SimulatorFiles.Json)!
            : new FleetBook(now, [], []);
        if (book.Devices.Length >= devices)
        {
            return book;
        }

        var ports = new PortBook(book.Ports, hold);
        ImmutableArray<DeviceIdentity> all = [.. book.Devices, .. Enumerable.Range(book.Devices.Length, devices - book.Devices.Length).Select(i => Make(FleetPlan.At(i), ports))];
        var known = book.Racks.Select(r => r.Name).ToHashSet();
        var grown = book with
        {
            Devices = all,
            Racks = [.. book.Racks, .. all.Select(d => d.Rack).Distinct().Where(r => !known.Contains(r))
                .Select(r => new RackIdentity(r, ports.Take(), ports.Take(), Guid.NewGuid(), Guid.NewGuid(), NewPassword()))],
        };
        SimulatorFiles.WriteWhole(path, JsonSerializer.SerializeToUtf8Bytes(grown, SimulatorFiles.Json));
        return grown;
    }

    private static DeviceIdentity Make(Place place, PortBook ports) => new(
        place.Index,
        place.Serial,
        place.Region,
        place.Stamp,
        place.Rack,
        place.Slot,
        place.Base,
        Guid.ParseExact("6d1f2f3e-5b1c-4c7e-9a10-" + place.Index.ToString("x12", CultureInfo.InvariantCulture), "D"),
        ports.Take(),
        ports.Take(),
        ports.Take(),
        ports.Take(),
        AccountNames.ToImmutableSortedDictionary(n => n, _ => NewPassword()));

    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
}
