using Microsoft.EntityFrameworkCore;
using PaymentHsm.Device.Simulator.Canaries;

namespace PaymentHsm.Device.Simulator.Canaries
{
    /// <summary>Stands for any type of the simulator.</summary>
    internal sealed class SimulatorCanary;
}

namespace PaymentHsm.Device.Canaries
{
    internal static class UsesEntityFramework
    {
        public static DbContext? Db { get; }
    }

    internal static class UsesPortal
    {
        public static Type Of() => typeof(PaymentHsm.Portal.Grains.Canaries.GrainCanary);
    }
}

namespace PaymentHsm.Device.Redfish.Canaries
{
    internal static class UsesSimulator
    {
        public static void Take(List<SimulatorCanary> sides) => sides.Clear();
    }
}

namespace PaymentHsm.Device.HostCommands.Canaries
{
    internal static class UsesSimulator
    {
        public static Type Of() => typeof(SimulatorCanary);
    }
}

namespace PaymentHsm.Device.Transport.Canaries
{
    internal static class UsesSimulator
    {
        public static SimulatorCanary? Side { get; set; }
    }
}
