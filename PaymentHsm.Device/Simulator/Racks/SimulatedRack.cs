using System.Text.Json;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Store;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>One rack: its devices, the two feeds that power them and the switch that carries their links.</summary>
internal sealed class SimulatedRack
{
    private readonly Lock _lock = new();
    private readonly string _file;
    private RackState _state;

    public SimulatedRack(RackIdentity identity, IReadOnlyList<SimulatedHsm> devices, string folder)
    {
        (Identity, Devices) = (identity, devices);
        _file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "racks")).FullName, identity.Name + ".json");
        _state = File.Exists(_file) ? JsonSerializer.Deserialize<RackState>(File.ReadAllBytes(_file), SimulatorFiles.Json)! : new RackState();
    }

    public RackIdentity Identity { get; }

    /// <summary>Devices, lowest slot first.</summary>
    public IReadOnlyList<SimulatedHsm> Devices { get; }

    /// <summary>Feeds and switch at present.</summary>
    public RackState State => Volatile.Read(ref _state);

    /// <summary>Changes feeds or switch: stored first, then felt by every device of the rack.</summary>
    public void Set(Func<RackState, RackState> change)
    {
        lock (_lock)
        {
            var next = change(_state);
            if (next != _state)
            {
                SimulatorFiles.WriteWhole(_file, JsonSerializer.SerializeToUtf8Bytes(next, SimulatorFiles.Json));
                Volatile.Write(ref _state, next);
            }

            Apply();
        }
    }

    /// <summary>Makes the devices feel the rack's state: needed at start too, if the process died between the rack and a device.</summary>
    public void Apply()
    {
        foreach (var device in Devices)
        {
            var (has, needs) = (device.State, State);
            if (has.FeedA != needs.FeedA || has.FeedB != needs.FeedB)
            {
                device.Do(change => Power.SetFeeds(change, needs.FeedA, needs.FeedB));
            }

            if (has.SwitchUp != needs.SwitchUp)
            {
                device.Do(change => Conditions.SetSwitch(change, needs.SwitchUp));
            }
        }
    }
}
