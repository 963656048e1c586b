using PaymentHsm.Device.Simulator.Redfish;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>
/// The Redfish service of a piece of rack equipment. It knows the monitoring account of every device in the rack, so that who watches a device
/// can also ask what powers and connects it.
/// </summary>
internal abstract class RackSide<TSide>(RouteTable<TSide> routes, SimulatedRack rack, TimeProvider time) : RedfishSide<TSide>(routes, time)
    where TSide : RackSide<TSide>
{
    /// <summary>The rack.</summary>
    public SimulatedRack Rack { get; } = rack;

    public override Caller? LogIn(string userName, string password) =>
        Rack.Devices.SelectMany(d => d.State.Accounts).Any(a => a.RoleId == Roles.ReadOnly && a.Enabled && a.UserName == userName && a.Password == password)
            ? new Caller(userName, Roles.ReadOnly, null)
            : null;
}
