namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>NO, mode 00: status of buffer, sockets and firmware (HOST-COMMANDS 3.2).</summary>
internal readonly record struct StatusRequest : IHostRequest<StatusAnswer>
{
    /// <summary>The mode flag.</summary>
    public const ulong Mode = 0x00;

    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("NO");

    /// <inheritdoc/>
    public int Length => 2;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer) => writer.Hexadecimal(Mode, 2);

    /// <inheritdoc/>
    public StatusAnswer DecodeAnswer(ref FieldReader reader) => StatusAnswer.Decode(ref reader);
}

/// <summary>NP of mode 00.</summary>
/// <param name="IoBuffer">0 = 2K, 1 = 8K, 2 = 16K, 3 = 32K.</param>
/// <param name="Protocol">0 = UDP, 1 = TCP (the opposite of NI).</param>
/// <param name="Sockets">Configured TCP sockets.</param>
/// <param name="FirmwareRevision">Revision <c>xxxx-xxxx</c>.</param>
/// <param name="IsWide">True from release 1.8a on: four digits of sockets instead of two. Told by the total length only.</param>
internal sealed record StatusAnswer(int IoBuffer, int Protocol, int Sockets, string FirmwareRevision, bool IsWide) : IHostAnswer
{
    private const int NarrowLength = 18;
    private const int WideLength = 20;

    /// <inheritdoc/>
    public int Length => IsWide ? WideLength : NarrowLength;

    /// <summary>Reads the data.</summary>
    public static StatusAnswer Decode(ref FieldReader reader)
    {
        // A trailer would spoil the test of the length, so it is left out of it.
        var wide = reader.LengthBeforeTrailer switch
        {
            NarrowLength => false,
            WideLength => true,
            _ => throw new HostProtocolException("The status has neither of the two known lengths."),
        };
        var buffer = reader.SmallNumber(1, "I/O buffer");
        var protocol = reader.SmallNumber(1, "protocol");
        var sockets = reader.SmallNumber(wide ? 4 : 2, "sockets");
        var revision = reader.Text(DiagnosticsAnswer.RevisionLength, "firmware revision");
        reader.Text(5, "reserved");
        return new StatusAnswer(buffer, protocol, sockets, revision, wide);
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        writer.Number(IoBuffer, 1);
        writer.Number(Protocol, 1);
        writer.Number(Sockets, IsWide ? 4 : 2);
        writer.Text(FirmwareRevision, DiagnosticsAnswer.RevisionLength);
        writer.Text("00000", 5);
    }
}
