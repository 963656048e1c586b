namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>B2: echo (HOST-COMMANDS 3.3).</summary>
/// <param name="Data">What comes back: any bytes. Borrowed while the request is encoded; owned after a decode.</param>
internal readonly record struct EchoRequest(ReadOnlyMemory<byte> Data) : IHostRequest<EchoAnswer>
{
    private const int LengthDigits = 4;

    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("B2");

    /// <inheritdoc/>
    public int Length => LengthDigits + Data.Length;

    /// <summary>Reads the data: exactly the announced bytes, which may hold the trailer's mark.</summary>
    /// <exception cref="HostProtocolException">15 for a bad length field, 80 for fewer bytes than announced.</exception>
    public static EchoRequest Decode(ref FieldReader reader)
    {
        var length = (int)reader.Hexadecimal(LengthDigits, "length");
        return reader.Rest.Length >= length
            ? new EchoRequest(reader.Bytes(length, "data").ToArray())
            : throw new HostProtocolException("Fewer bytes than the length field announces.", ErrorCode.DataLength);
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        writer.Hexadecimal((uint)Data.Length, LengthDigits);
        writer.Bytes(Data.Span);
    }

    /// <inheritdoc/>
    public EchoAnswer DecodeAnswer(ref FieldReader reader) => new(reader.Bytes(Data.Length, "data").ToArray());
}

/// <summary>B3: the same bytes. No length field: only the request tells where they end.</summary>
/// <param name="Data">The bytes.</param>
internal sealed record EchoAnswer(ReadOnlyMemory<byte> Data) : IHostAnswer
{
    /// <inheritdoc/>
    public int Length => Data.Length;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer) => writer.Bytes(Data.Span);
}
