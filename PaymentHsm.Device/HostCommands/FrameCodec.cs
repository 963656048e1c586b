using System.Buffers;
using System.Buffers.Binary;

namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// Frames on TCP, TLS and UDP: a two-byte unsigned big-endian length of what follows, then the body (HOST-COMMANDS 1). It knows lengths only.
/// </summary>
internal static class FrameCodec
{
    /// <summary>Bytes of the length prefix.</summary>
    public const int PrefixLength = 2;

    /// <summary>The I/O buffer of a payShield 10K (NO, code 3), and so the longest body either side takes: 32 KiB.</summary>
    public const int IoBuffer = 32 * 1024;

    /// <summary>
    /// Cuts the next whole frame off <paramref name="input"/>. False with nothing consumed while bytes are missing.
    /// <paramref name="body"/> is a view of the input's memory.
    /// </summary>
    /// <exception cref="HostProtocolException">The announced length exceeds <paramref name="maxBody"/>; seen before a byte of the body is buffered.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> input, int maxBody, out ReadOnlySequence<byte> body)
    {
        body = default;
        if (input.Length < PrefixLength)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        input.Slice(0, PrefixLength).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt16BigEndian(prefix);
        if (length > maxBody)
        {
            throw new HostProtocolException($"A frame announces {length} bytes; the limit is {maxBody}.");
        }

        if (input.Length < PrefixLength + length)
        {
            return false;
        }

        body = input.Slice(PrefixLength, length);
        input = input.Slice(body.End);
        return true;
    }

    /// <summary>Writes the prefix of a body of <paramref name="bodyLength"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length does not fit into two bytes.</exception>
    public static void WritePrefix(Span<byte> destination, int bodyLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bodyLength, ushort.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)bodyLength);
    }
}
