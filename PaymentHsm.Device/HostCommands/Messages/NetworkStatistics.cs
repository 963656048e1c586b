namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>Counters of an interface as NJ ends with them; all unsigned, in the order of the wire.</summary>
internal sealed record NetworkStatistics(
    ulong BytesSent,
    ulong BytesReceived,
    uint UnicastSent,
    uint UnicastReceived,
    uint NonUnicastSent,
    uint NonUnicastReceived,
    uint DiscardedSending,
    uint DiscardedReceiving,
    uint ErrorsSending,
    uint ErrorsReceiving,
    uint UnknownReceived)
{
    /// <summary>Bytes of the block.</summary>
    public const int Length = (2 * 16) + (9 * 8);

    /// <summary>Reads the block.</summary>
    public static NetworkStatistics Decode(ref FieldReader reader)
    {
        var sent = reader.Hexadecimal(16, "bytes sent");
        var received = reader.Hexadecimal(16, "bytes received");
        return new NetworkStatistics(
            sent,
            received,
            Counter(ref reader, "unicast sent"),
            Counter(ref reader, "unicast received"),
            Counter(ref reader, "non-unicast sent"),
            Counter(ref reader, "non-unicast received"),
            Counter(ref reader, "discarded sending"),
            Counter(ref reader, "discarded receiving"),
            Counter(ref reader, "errors sending"),
            Counter(ref reader, "errors receiving"),
            Counter(ref reader, "unknown"));
    }

    /// <summary>Writes the block.</summary>
    public void Encode(ref FieldWriter writer)
    {
        writer.Hexadecimal(BytesSent, 16);
        writer.Hexadecimal(BytesReceived, 16);
        foreach (var counter in (ReadOnlySpan<uint>)
            [UnicastSent, UnicastReceived, NonUnicastSent, NonUnicastReceived, DiscardedSending, DiscardedReceiving, ErrorsSending, ErrorsReceiving, UnknownReceived])
        {
            writer.Hexadecimal(counter, 8);
        }
    }

    private static uint Counter(ref FieldReader reader, string field) => (uint)reader.Hexadecimal(8, field);
}
