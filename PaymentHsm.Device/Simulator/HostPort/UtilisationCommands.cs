using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>J2, J4, J6, J8, JI and JK of the simulated unit.</summary>
internal static class UtilisationCommands
{
    public static ErrorCode Loading(HostPortContext context, scoped ref HostExchange exchange)
    {
        exchange.EndOfRequest(context.Side);
        return exchange.Answer(context.Counters.Loading(context.Side.Serial, context.Side.Now));
    }

    public static ErrorCode Volumes(HostPortContext context, scoped ref HostExchange exchange)
    {
        exchange.EndOfRequest(context.Side);
        return exchange.Answer(context.Counters.Volumes(context.Side.Serial, context.Side.Now));
    }

    public static ErrorCode Reset(HostPortContext context, scoped ref HostExchange exchange)
    {
        exchange.EndOfRequest(context.Side);
        context.Counters.Reset(context.Side.Now);
        return exchange.Answer(new ResetUtilisationAnswer());
    }

    public static ErrorCode HealthCounts(HostPortContext context, scoped ref HostExchange exchange)
    {
        exchange.EndOfRequest(context.Side);
        var side = context.Side;
        var now = side.Now;

        // The simulated unit holds no PINs and offers no command that verifies one, so its PIN counts are truly nought.
        return exchange.Answer(new HealthCountsAnswer(new CollectionPeriod(side.Serial, side.CountingSince, now, now), side.Reboots, side.Tampers, 0, 0, 0));
    }

    public static ErrorCode ResetHealthCounts(HostPortContext context, scoped ref HostExchange exchange)
    {
        exchange.EndOfRequest(context.Side);
        context.Side.ResetHealthCounts();
        return exchange.Answer(new ResetHealthCountsAnswer());
    }

    public static ErrorCode Health(HostPortContext context, scoped ref HostExchange exchange)
    {
        exchange.EndOfRequest(context.Side);
        var side = context.Side;
        var tamper = side.Tamper;
        LmkReport[] lmks = [.. side.Lmks.Select(lmk => new LmkReport(lmk.Id, lmk.Authorised, lmk.Activities, lmk.Scheme, lmk.Algorithm, lmk.Status, lmk.Comment))];
        return exchange.Answer(new InstantHealthAnswer(
            side.Serial,
            side.Now,
            new ServiceStates(ServiceState.NotRunning, ServiceState.Running, PortState(side, 1), PortState(side, 2)),
            tamper is null ? TamperWord.None : TamperWord.Tampered,
            tamper is null ? null : new TamperEvent(tamper.Cause, tamper.At),
            lmks.Count(lmk => lmk.Status == 'T'),
            side.OldLmks,
            lmks,
            FraudDetectionExceeded: false,
            PinAttacksExceeded: false));
    }

    private static ServiceState PortState(IHostSide side, int port) => side.IsHostPortUp(port) ? ServiceState.Running : ServiceState.NotRunning;
}
