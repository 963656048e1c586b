using System.Buffers;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>Turns one request body into one answer frame. Knows no sockets.</summary>
/// <param name="context">What the commands work on.</param>
/// <param name="headerLength">Configured header length.</param>
internal sealed class HostCommandProcessor(HostPortContext context, int headerLength)
{
    /// <summary>Serves <paramref name="body"/>. The answer, if there is one, is appended to <paramref name="output"/>.</summary>
    /// <returns>False when the connection must be closed.</returns>
    public bool Process(ReadOnlySpan<byte> body, HostPortBehaviour behaviour, IBufferWriter<byte> output)
    {
        if (body.IsEmpty)
        {
            return behaviour.ZeroLength == HostPortReaction.Ignore;
        }

        if (body.Length < headerLength + CommandCode.Length)
        {
            return ProcessShort(body, behaviour, output);
        }

        var header = body[..headerLength];
        var code = CommandCode.Read(body[headerLength..]);
        if (!code.IsPrintable || !code.TryGetAnswer(out var answerCode))
        {
            return false;
        }

        var exchange = new HostExchange(header, answerCode, body[(headerLength + CommandCode.Length)..], output, behaviour.OverlooksJunk);
        return HostCommandTable.Find(code) is { } command
            ? Serve(command, code, ref exchange)
            : ProcessUnknown(behaviour, ref exchange);
    }

    /// <summary>Refuses the start of a body that is too long to be taken, if the behaviour says so.</summary>
    public void RefuseOversize(ReadOnlySpan<byte> start, IBufferWriter<byte> output)
    {
        var code = CommandCode.Read(start[headerLength..]);
        if (code.IsPrintable && code.TryGetAnswer(out var answerCode))
        {
            HostFrame.WriteRefusal(output, start[..headerLength], answerCode, ErrorCode.BadInput);
        }
    }

    private bool Serve(HostCommand command, CommandCode code, scoped ref HostExchange exchange)
    {
        var error = context.Side.IsEnabled(command.Name) ? TryServe(command, ref exchange) : ErrorCode.Disabled;
        if (error != ErrorCode.Success)
        {
            exchange.Refuse(error);
        }

        var now = context.Side.Now;
        context.Counters.Served(command.Name, now);
        if (command.IsAudited)
        {
            context.Audit.Add(AuditKind.Host, code, error, now);
        }

        return true;
    }

    private ErrorCode TryServe(HostCommand command, scoped ref HostExchange exchange)
    {
        try
        {
            return command.Serve(context, ref exchange);
        }
        catch (HostProtocolException malformed)
        {
            return malformed.Answer;
        }
    }

    private static bool ProcessUnknown(HostPortBehaviour behaviour, scoped ref HostExchange exchange)
    {
        switch (behaviour.UnknownCommand)
        {
            case HostPortReaction.Close:
                return false;
            case HostPortReaction.Ignore:
                return true;
            default:
                exchange.Refuse(behaviour.UnknownCommand == HostPortReaction.RefuseUnlicensed ? ErrorCode.NotLicensed : ErrorCode.Disabled);
                return true;
        }
    }

    private bool ProcessShort(ReadOnlySpan<byte> body, HostPortBehaviour behaviour, IBufferWriter<byte> output)
    {
        if (behaviour.ShortBody == HostPortReaction.Refuse)
        {
            // There is no command to answer to; the asynchronous link of older units answers ZZ to what it cannot parse.
            HostFrame.WriteRefusal(output, body[..Math.Min(headerLength, body.Length)], CommandCode.Parse("ZZ"), ErrorCode.BadInput);
        }

        return behaviour.ShortBody != HostPortReaction.Close;
    }
}
