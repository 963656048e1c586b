using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Faults;
using PaymentHsm.Device.Simulator.Racks;
using PaymentHsm.Device.Simulator.Redfish;

namespace PaymentHsm.Device.Simulator.Listening;

/// <summary>Which service stands behind which port, and the gates of the ports that can go away.</summary>
internal sealed class FleetEndpoints
{
    private readonly Dictionary<int, IRedfishSide> _redfish = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, Gate> _gates = [];
    private readonly List<int> _management = [];

    public FleetEndpoints(SimulatedFleet fleet, TimeProvider time, bool conformance)
    {
        foreach (var device in fleet.Devices.Values)
        {
            Add(device, new DeviceSide(device, time, conformance));
        }

        foreach (var rack in fleet.Racks.Values)
        {
            _redfish[rack.Identity.SwitchPort] = new SwitchSide(rack, time);
            _redfish[rack.Identity.PduPort] = new PduSide(rack, time);
            _names[rack.Identity.SwitchPort] = $"switch-{rack.Identity.Name}";
            _names[rack.Identity.PduPort] = $"pdu-{rack.Identity.Name}";

            // Never closed; but a gated port that another program holds is tried again instead of stopping the fleet.
            _gates[rack.Identity.SwitchPort] = new Gate(rack.Identity.SwitchPort, () => { });
            _gates[rack.Identity.PduPort] = new Gate(rack.Identity.PduPort, () => { });
        }
    }

    /// <summary>Redfish services by port.</summary>
    public IReadOnlyDictionary<int, IRedfishSide> Redfish => _redfish;

    /// <summary>Management ports: they accept and count.</summary>
    public IReadOnlyList<int> Management => _management;

    /// <summary>Gates by port.</summary>
    public IReadOnlyDictionary<int, Gate> Gates => _gates;

    /// <summary>Name of the certificate of a port.</summary>
    public string CertificateOf(int port) => _names[port];

    private void Add(SimulatedHsm device, DeviceSide side)
    {
        var identity = device.Identity;
        _redfish[identity.OobPort] = side;
        _names[identity.OobPort] = identity.Serial;
        _management.Add(identity.ManagementPort);
        var oob = _gates[identity.OobPort] = new Gate(identity.OobPort, device.Connections.OobAccepted);
        var management = _gates[identity.ManagementPort] = new Gate(identity.ManagementPort, device.Connections.ManagementAccepted);

        void Set(DeviceState state)
        {
            oob.Set(
                device.Faults.Holds(FaultKind.Blackhole) ? GateState.Swallowing
                : device.Faults.Holds(FaultKind.Refuse) || !SimulatedHsm.IsOobReachable(state) ? GateState.Refusing
                : GateState.Open);
            management.Set(state.Serving && Links.IsUp(state, "MGMT") ? GateState.Open : GateState.Refusing);
        }

        device.Changed += Set;
        device.Faults.Changed += () =>
        {
            device.Wake();
            Set(device.State);
        };
        Set(device.State);
    }
}
