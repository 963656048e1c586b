using Microsoft.Extensions.Logging;

namespace PaymentHsm.Device.Simulator;

/// <summary>What the simulator writes to the log. Never a credential, never a body.</summary>
internal static partial class SimulatorLog
{
    [LoggerMessage(4100, LogLevel.Information, "The simulated fleet is up: {Devices} devices in {Racks} racks, control API at {ControlUrl}.")]
    public static partial void FleetUp(this ILogger log, int devices, int racks, Uri controlUrl);

    [LoggerMessage(4101, LogLevel.Information, "The simulated fleet is down.")]
    public static partial void FleetDown(this ILogger log);

    [LoggerMessage(4102, LogLevel.Error, "{Method} {Path} failed inside the simulator.")]
    public static partial void AnswerFailed(this ILogger log, Exception problem, string method, string path);

    [LoggerMessage(4103, LogLevel.Warning, "Port {Port} is taken by another program; the endpoint stays closed until the port is free.")]
    public static partial void PortTaken(this ILogger log, int port, Exception problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another program has a host port of {Serial}; it is tried again.")]
    public static partial void HostPortTaken(this ILogger logger, string serial);
}
