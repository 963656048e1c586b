using System.Buffers;
using FsCheck.Xunit;
using PaymentHsm.Device.HostCommands;

namespace PaymentHsm.Device.Tests.HostCommands;

public sealed class FrameCodecTests
{
    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0004484541")]
    public void TryRead_BytesMissing_ConsumesNothing(string hex)
    {
        var input = new ReadOnlySequence<byte>(Convert.FromHexString(hex));
        var length = input.Length;
        Assert.False(FrameCodec.TryRead(ref input, FrameCodec.IoBuffer, out _));
        Assert.Equal(length, input.Length);
    }

    [Fact]
    public void TryRead_TwoFrames_CutsTheFirst()
    {
        var input = new ReadOnlySequence<byte>(Convert.FromHexString("0001410002424300"));
        Assert.True(FrameCodec.TryRead(ref input, 10, out var first));
        Assert.Equal("A"u8.ToArray(), first.ToArray());
        Assert.True(FrameCodec.TryRead(ref input, 10, out var second));
        Assert.Equal("BC"u8.ToArray(), second.ToArray());
        Assert.Equal(1, input.Length);
    }

    [Fact]
    public void TryRead_OverTheLimit_IsSeenFromThePrefixAlone()
    {
        Assert.Throws<HostProtocolException>(() =>
        {
            var input = new ReadOnlySequence<byte>([0x00, 0x0B]);
            FrameCodec.TryRead(ref input, 10, out _);
        });
    }

    [Theory]
    [InlineData("NC", "ND")]
    [InlineData("X9", "X:")]
    [InlineData("QZ", "Q[")]
    public void CommandCode_AnswerIsTheNextCodePoint(string command, string answer)
    {
        Assert.True(CommandCode.Parse(command).TryGetAnswer(out var code));
        Assert.Equal(answer, code.ToString());
    }

    [Fact]
    public void CommandCode_LastByte_HasNoAnswer() => Assert.False(new CommandCode(0x4E, 0xFF).TryGetAnswer(out _));

    /// <summary>Arbitrary bytes, byte by byte and whole, are cut alike; nothing but the protocol exception comes out.</summary>
    [Property]
    public bool TryRead_ArbitraryBytes_SameFramesWholeAndByteByByte(byte[] bytes) => Cut(bytes, bytes.Length).SequenceEqual(Cut(bytes, 1));

    private static List<string> Cut(byte[] bytes, int step)
    {
        var frames = new List<string>();
        var start = 0;
        try
        {
            for (var end = Math.Min(step, bytes.Length); start < bytes.Length && end <= bytes.Length; end = end == bytes.Length ? int.MaxValue : Math.Min(end + step, bytes.Length))
            {
                var input = new ReadOnlySequence<byte>(bytes, start, end - start);
                while (FrameCodec.TryRead(ref input, 64, out var body))
                {
                    frames.Add(Convert.ToHexString(body.ToArray()));
                    start = end - (int)input.Length;
                }
            }
        }
        catch (HostProtocolException)
        {
            frames.Add("limit");
        }

        return frames;
    }
}
