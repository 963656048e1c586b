namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>N0: random value (HOST-COMMANDS 3.14).</summary>
/// <param name="Count">Bytes wanted, 1 to 256.</param>
internal readonly record struct RandomValueRequest(int Count) : IHostRequest<RandomValueAnswer>
{
    /// <summary>Most bytes one command gives.</summary>
    public const int MaxCount = 256;

    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("N0");

    /// <inheritdoc/>
    public int Length => 3;

    /// <summary>Reads the data.</summary>
    /// <exception cref="HostProtocolException">15 when not three digits, 01 when out of range.</exception>
    public static RandomValueRequest Decode(ref FieldReader reader)
    {
        var count = reader.SmallNumber(3, "length");
        return count is >= 1 and <= MaxCount
            ? new RandomValueRequest(count)
            : throw new HostProtocolException("The length is not within 001 to 256.", ErrorCode.Failed);
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer) => writer.Number(Count, 3);

    /// <inheritdoc/>
    public RandomValueAnswer DecodeAnswer(ref FieldReader reader) => new(reader.Bytes(Count, "random value").ToArray());
}

/// <summary>N1: raw bytes; every value occurs, the trailer's mark too.</summary>
/// <param name="Value">The random bytes.</param>
internal sealed record RandomValueAnswer(ReadOnlyMemory<byte> Value) : IHostAnswer
{
    /// <inheritdoc/>
    public int Length => Value.Length;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer) => writer.Bytes(Value.Span);
}
