namespace PaymentHsm.Device.HostCommands;

/// <summary>The two characters after the answer's command code. Not a number: <c>A1</c>, <c>E0</c> and <c>ZZ</c> occur (HOST-COMMANDS 2).</summary>
/// <param name="First">First character.</param>
/// <param name="Second">Second character.</param>
internal readonly record struct ErrorCode(byte First, byte Second)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 2;

    /// <summary>00: done.</summary>
    public static ErrorCode Success { get; } = new((byte)'0', (byte)'0');

    /// <summary>01: verification failed; N0: length out of range; NI: the statistics could not be gathered.</summary>
    public static ErrorCode Failed { get; } = new((byte)'0', (byte)'1');

    /// <summary>13: no such LMK.</summary>
    public static ErrorCode BadLmk { get; } = new((byte)'1', (byte)'3');

    /// <summary>15: format, characters, or too little data.</summary>
    public static ErrorCode BadInput { get; } = new((byte)'1', (byte)'5');

    /// <summary>17: not authorised, or forbidden by the security settings.</summary>
    public static ErrorCode NotAuthorised { get; } = new((byte)'1', (byte)'7');

    /// <summary>35: the audit log is empty.</summary>
    public static ErrorCode NoAuditRecords { get; } = new((byte)'3', (byte)'5');

    /// <summary>36: no audit record left, or none matches.</summary>
    public static ErrorCode NothingMatches { get; } = new((byte)'3', (byte)'6');

    /// <summary>67: known, but not licensed.</summary>
    public static ErrorCode NotLicensed { get; } = new((byte)'6', (byte)'7');

    /// <summary>68: switched off in the host-command list, or unknown.</summary>
    public static ErrorCode Disabled { get; } = new((byte)'6', (byte)'8');

    /// <summary>80: fewer bytes than announced.</summary>
    public static ErrorCode DataLength { get; } = new((byte)'8', (byte)'0');

    /// <summary>81 of NI: no such interface.</summary>
    public static ErrorCode BadInterface { get; } = new((byte)'8', (byte)'1');

    /// <summary>82 of NI: the statistics flag is neither 0 nor 1.</summary>
    public static ErrorCode BadStatisticsFlag { get; } = new((byte)'8', (byte)'2');

    /// <summary>True when both bytes are visible ASCII.</summary>
    public bool IsPrintable => new CommandCode(First, Second).IsPrintable;

    /// <summary>Reads the first two bytes of <paramref name="bytes"/>.</summary>
    public static ErrorCode Read(ReadOnlySpan<byte> bytes) => new(bytes[0], bytes[1]);

    /// <inheritdoc/>
    public override string ToString() => new CommandCode(First, Second).ToString();
}
