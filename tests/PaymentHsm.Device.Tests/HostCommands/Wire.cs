using System.Buffers;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.HostCommands;

/// <summary>Whole frames in and out, as bytes, for tests of messages.</summary>
internal static class Wire
{
    public static readonly byte[] Header = "HEAD"u8.ToArray();

    public static byte[] Request<TRequest, TAnswer>(TRequest request, ReadOnlySpan<byte> trailer = default)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        var output = new ArrayBufferWriter<byte>();
        HostFrame.WriteRequest<TRequest, TAnswer>(output, Header, request, trailer);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Answer<TRequest, TAnswer>(TAnswer answer, ReadOnlySpan<byte> trailer = default)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        TRequest.Code.TryGetAnswer(out var code);
        var output = new ArrayBufferWriter<byte>();
        HostFrame.WriteAnswer(output, Header, code, answer, trailer);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Body of the one frame in <paramref name="bytes"/>.</summary>
    public static byte[] Body(byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.True(FrameCodec.TryRead(ref input, FrameCodec.IoBuffer, out var body));
        Assert.True(input.IsEmpty);
        return body.ToArray();
    }

    public static HostAnswer<TAnswer> ReadAnswer<TRequest, TAnswer>(TRequest request, byte[] frame)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer =>
        HostAnswerReader.Read<TRequest, TAnswer>(request, Body(frame).AsSpan(Header.Length));

    public static byte[] Hex(string digits) => Convert.FromHexString(string.Concat(digits.Where(char.IsAsciiHexDigit)));
}
