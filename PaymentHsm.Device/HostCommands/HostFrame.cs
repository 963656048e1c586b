using System.Buffers;

namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// What every message has around its fields: length prefix, header, code, error code, trailer. Each frame is taken from the output in one piece,
/// so that prefix and body leave in one write (clients read an answer with a single receive).
/// </summary>
internal static class HostFrame
{
    /// <summary>Longest trailer, without its mark.</summary>
    public const int MaxTrailer = 32;

    /// <summary>Writes a request. <paramref name="trailer"/> starts with its mark or is empty.</summary>
    public static void WriteRequest<TRequest, TAnswer>(IBufferWriter<byte> output, ReadOnlySpan<byte> header, in TRequest request, ReadOnlySpan<byte> trailer = default)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        var writer = Start(output, header.Length + CommandCode.Length + request.Length + trailer.Length);
        writer.Bytes(header);
        writer.Code(TRequest.Code);
        request.Encode(ref writer);
        writer.Bytes(trailer);
        Finish(output, header.Length + CommandCode.Length + request.Length + trailer.Length, writer.Remaining);
    }

    /// <summary>Writes a successful answer.</summary>
    public static void WriteAnswer<TAnswer>(IBufferWriter<byte> output, ReadOnlySpan<byte> header, CommandCode code, TAnswer answer, ReadOnlySpan<byte> trailer = default)
        where TAnswer : IHostAnswer
    {
        var length = header.Length + CommandCode.Length + ErrorCode.Length + answer.Length + trailer.Length;
        var writer = Start(output, length);
        writer.Bytes(header);
        writer.Code(code);
        writer.Error(ErrorCode.Success);
        answer.Encode(ref writer);
        writer.Bytes(trailer);
        Finish(output, length, writer.Remaining);
    }

    /// <summary>Writes an answer without data: a refusal.</summary>
    public static void WriteRefusal(IBufferWriter<byte> output, ReadOnlySpan<byte> header, CommandCode code, ErrorCode error, ReadOnlySpan<byte> trailer = default)
    {
        var length = header.Length + CommandCode.Length + ErrorCode.Length + trailer.Length;
        var writer = Start(output, length);
        writer.Bytes(header);
        writer.Code(code);
        writer.Error(error);
        writer.Bytes(trailer);
        Finish(output, length, writer.Remaining);
    }

    private static FieldWriter Start(IBufferWriter<byte> output, int bodyLength)
    {
        // Checked before the output is touched: a message that is too long leaves no half frame behind.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bodyLength, ushort.MaxValue);
        var frame = output.GetSpan(FrameCodec.PrefixLength + bodyLength);
        FrameCodec.WritePrefix(frame, bodyLength);
        return new FieldWriter(frame.Slice(FrameCodec.PrefixLength, bodyLength));
    }

    private static void Finish(IBufferWriter<byte> output, int bodyLength, int unwritten)
    {
        if (unwritten != 0)
        {
            throw new InvalidOperationException("A message wrote fewer bytes than its length says.");
        }

        output.Advance(FrameCodec.PrefixLength + bodyLength);
    }
}
