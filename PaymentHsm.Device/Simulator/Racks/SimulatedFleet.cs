using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.HostPort;
using PaymentHsm.Device.Simulator.Parts;
using PaymentHsm.Device.Simulator.Store;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>All devices and racks, without any wire.</summary>
internal sealed class SimulatedFleet : IDisposable
{
    private readonly HostMemories _memories;

    public SimulatedFleet(string folder, SimulatorOptions options, TimeProvider time, FleetPart? part = null)
    {
        var book = FleetBook.Open(folder, options.Devices, time.GetUtcNow());
        var store = new DeviceStore(folder);
        Ports = book.Ports;
        Devices = book.Devices.Take(options.Devices).Skip(part?.First ?? 0).Take(part?.Count ?? options.Devices)
            .Select(d => new SimulatedHsm(d, store, time, options.RestartTime, book.Delivered))
            .ToDictionary(d => d.Identity.Serial);
        var byRack = Devices.Values.ToLookup(d => d.Identity.Rack);
        Racks = book.Racks.Where(r => byRack.Contains(r.Name))
            .Select(r => new SimulatedRack(r, [.. byRack[r.Name].OrderBy(d => d.Identity.Slot)], folder))
            .ToDictionary(r => r.Identity.Name);
        foreach (var rack in Racks.Values)
        {
            rack.Apply();
        }

        _memories = new HostMemories([.. Devices.Values], store, time);
    }

    /// <summary>Devices by serial.</summary>
    public IReadOnlyDictionary<string, SimulatedHsm> Devices { get; }

    /// <summary>Racks by name.</summary>
    public IReadOnlyDictionary<string, SimulatedRack> Racks { get; }

    /// <summary>Every port of the whole fleet, the parts in other processes included.</summary>
    public IEnumerable<int> Ports { get; }

    public void Dispose()
    {
        _memories.Dispose();
        foreach (var device in Devices.Values)
        {
            device.Dispose();
        }
    }
}
