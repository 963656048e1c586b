namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>
/// The choices a payShield's documents leave open (the starred cells of BAD-INPUTS A), and the faults that are injected. The defaults are our best
/// reading; a driver must live with every combination.
/// </summary>
internal sealed record HostPortBehaviour
{
    /// <summary>A frame of length 0 (A4): Close or Ignore.</summary>
    public HostPortReaction ZeroLength { get; init; } = HostPortReaction.Close;

    /// <summary>A body too short for a command code (A6): Close, Ignore, or Refuse with <c>ZZ15</c>.</summary>
    public HostPortReaction ShortBody { get; init; } = HostPortReaction.Close;

    /// <summary>A body above the I/O buffer (A24, A27): Close, or Refuse with 15 and then close, for the stream cannot be followed any more.</summary>
    public HostPortReaction Oversize { get; init; } = HostPortReaction.Close;

    /// <summary>A printable but unknown command (A9): Refuse with 68, RefuseUnlicensed, Close or Ignore.</summary>
    public HostPortReaction UnknownCommand { get; init; } = HostPortReaction.Refuse;

    /// <summary>True overlooks bytes after the last field (A16); false answers 15.</summary>
    public bool OverlooksJunk { get; init; }

    /// <summary>What becomes of a connection above the limit (A38).</summary>
    public ConnectionLimitReaction ConnectionLimit { get; init; } = ConnectionLimitReaction.Reset;

    /// <summary>True: a unit out of service accepts connections and stays silent (A47); false: it resets them.</summary>
    public bool SilentOutOfService { get; init; }

    /// <summary>True: the processor is dead. Connections open, no command is ever answered.</summary>
    public bool Mute { get; init; }

    /// <summary>How long each answer is held back (A47).</summary>
    public TimeSpan AnswerDelay { get; init; }
}

/// <summary>What becomes of a connection when all sockets are taken.</summary>
internal enum ConnectionLimitReaction
{
    /// <summary>RST.</summary>
    Reset,

    /// <summary>Accepted and closed at once.</summary>
    Close,

    /// <summary>Not accepted until a socket is free; the client waits.</summary>
    LeaveWaiting,
}
