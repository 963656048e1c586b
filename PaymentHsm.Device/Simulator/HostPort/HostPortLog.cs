using System.Net;
using Microsoft.Extensions.Logging;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>Log lines of the simulated host port. What strangers send is told at debug level only, so that it cannot fill a log. Never any data.</summary>
internal sealed partial class HostPortLog(ILogger<HostCommandServer> logger)
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Host port: connection of {Remote} ended.")]
    public partial void ConnectionEnded(Exception reason, IPEndPoint remote);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Host port: TLS with {Remote} refused: {Reason}")]
    public partial void TlsRefused(IPEndPoint remote, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Host port: serving {Remote} failed.")]
    public partial void ConnectionFailed(Exception bug, IPEndPoint remote);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Host port: accepting failed ({Reason}); trying again.")]
    public partial void AcceptFailed(string reason);
}
