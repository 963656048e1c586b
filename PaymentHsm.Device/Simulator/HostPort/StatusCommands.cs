using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>NC, NO, B2, N0 and NI of the simulated unit.</summary>
internal static class StatusCommands
{
    public static ErrorCode Diagnose(HostPortContext context, scoped ref HostExchange exchange)
    {
        exchange.EndOfRequest(context.Side);
        return context.Side.Lmks.Count == 0
            ? ErrorCode.BadLmk
            : exchange.Answer(new DiagnosticsAnswer(context.Side.LmkCheckValue, context.Side.FirmwareRevision));
    }

    public static ErrorCode Status(HostPortContext context, scoped ref HostExchange exchange)
    {
        var mode = exchange.Data.Hexadecimal(2, "mode");
        if (mode is not (StatusRequest.Mode or ComplianceRequest.Mode))
        {
            return ErrorCode.BadInput;
        }

        exchange.EndOfRequest(context.Side);
        var side = context.Side;
        return mode == StatusRequest.Mode
            ? exchange.Answer(new StatusAnswer(IoBuffer: 3, Protocol: 1, context.MaxConnections, side.FirmwareRevision, side.HasWideSocketCount))
            : exchange.Answer(new ComplianceAnswer(side.IsPciCompliant ? PciCompliance.Compliant : PciCompliance.NotCompliant));
    }

    public static ErrorCode Echo(HostPortContext context, scoped ref HostExchange exchange)
    {
        var request = EchoRequest.Decode(ref exchange.Data);
        exchange.EndOfRequest(context.Side);
        return exchange.Answer(new EchoAnswer(request.Data));
    }

    public static ErrorCode RandomValue(HostPortContext context, scoped ref HostExchange exchange)
    {
        var request = RandomValueRequest.Decode(ref exchange.Data);
        exchange.EndOfRequest(context.Side);
        var value = new byte[request.Count];
        context.Random(value);
        return exchange.Answer(new RandomValueAnswer(value));
    }

    public static ErrorCode NetworkInformation(HostPortContext context, scoped ref HostExchange exchange)
    {
        var request = NetworkInformationRequest.Decode(ref exchange.Data);
        exchange.EndOfRequest(context.Side);

        // All sockets of the simulated unit are on host port 1; the other interfaces exist and are quiet.
        var quiet = request.Interface is not ('1' or 'H');
        return exchange.Answer(new NetworkInformationAnswer(
            quiet ? [] : context.Network.Connections(),
            !request.Statistics ? null : quiet ? new NetworkStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) : context.Network.Statistics()));
    }
}
