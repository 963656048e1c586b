using PaymentHsm.Device.Simulator.Faults;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>What all Redfish services here have in common.</summary>
/// <typeparam name="TSide">The service itself, as its route table's handlers want it.</typeparam>
internal abstract class RedfishSide<TSide>(RouteTable<TSide> routes, TimeProvider time) : IRedfishSide
    where TSide : RedfishSide<TSide>
{
    public Sessions Sessions { get; } = new(time);

    public virtual FaultSet? Faults => null;

    public virtual EventStreams? Events => null;

    public abstract Caller? LogIn(string userName, string password);

    public (IReadOnlyList<string> Allow, Privilege Privilege, Func<RedfishRequest, Answer>? Handle, IReadOnlyList<string> Args)? Route(string method, string path)
    {
        if (routes.Find(path) is not { } found)
        {
            return null;
        }

        IReadOnlyList<string> allow = [.. found.Methods.Keys.SelectMany(m => m == "GET" ? ["GET", "HEAD"] : new[] { m })];
        return found.Methods.TryGetValue(method, out var way)
            ? (allow, way.Privilege, request => way.Handle((TSide)this, request), found.Args)
            : (allow, Privilege.Login, null, found.Args);
    }
}
