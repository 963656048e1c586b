using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>Log lines of host links: what happened to the link, never what went over it.</summary>
internal sealed partial class HostLinkLog(ILogger<HostLinks> logger)
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Host link to {Serial} opened for {Purpose}.")]
    public partial void Opened(HsmSerial serial, Domain.Custody.LogicalAccessPurpose purpose);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Host link to {Serial}: connect failed ({Fault}).")]
    public partial void ConnectFailed(HsmSerial serial, LinkFault fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Host link to {Serial}: connection ended (had answered: {HadAnswered}); making a new one.")]
    public partial void ConnectionEnded(HsmSerial serial, bool hadAnswered);

    [LoggerMessage(Level = LogLevel.Error, Message = "Host port of {Serial} answers for another unit.")]
    public partial void WrongDevice(HsmSerial serial);
}
