using PaymentHsm.Device.Simulator.Redfish;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>
/// The Redfish service of a piece of rack equipment. It has one account, which may read.
/// </summary>
internal abstract class RackSide<TSide>(RouteTable<TSide> routes, SimulatedRack rack, TimeProvider time) : RedfishSide<TSide>(routes, time)
    where TSide : RackSide<TSide>
{
    /// <summary>The rack.</summary>
    public SimulatedRack Rack { get; } = rack;

    public override Caller? LogIn(string userName, string password) =>
        userName == RackIdentity.Monitor && password == Rack.Identity.Password
            ? new Caller(userName, Roles.ReadOnly, null)
            : null;
}
