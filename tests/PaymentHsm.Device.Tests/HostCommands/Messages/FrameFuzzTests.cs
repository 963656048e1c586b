using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.HostCommands.Messages;

/// <summary>
/// Fuzzing with kept seeds: streams of whole, spoilt and made-up frames, fed whole, byte by byte and in any pieces. The seeds are the runs that are
/// repeated; a seed that once found something stays in the list.
/// </summary>
public sealed class FrameFuzzTests
{
    private const int Streams = 300;

    /// <summary>What a decoder may take for itself: an exception with its stack, and a list that grew, besides the message.</summary>
    private const int Overhead = 40_000;

    /// <summary>Most bytes of memory for one byte of frame: the smallest record is nine bytes on the wire.</summary>
    private const int PerByte = 32;

    [Theory]
    [InlineData(1)]
    [InlineData(20261124)]
    [InlineData(0x5EED)]
    [InlineData(-7)]
    public void Stream_FedInAnyPieces_GivesTheSameFrames(int seed)
    {
        for (var i = 0; i < Streams; i++)
        {
            var any = new ArbitraryMessages(unchecked(seed + (i * 7919)));
            byte[] stream = [.. Enumerable.Range(0, 1 + any.Up(5)).SelectMany(_ => AnyFrame(any))];
            var whole = Frames(stream, _ => stream.Length);

            Assert.Equal(whole, Frames(stream, _ => 1));
            Assert.Equal(whole, Frames(stream, left => 1 + any.Up(Math.Min(left, 700) - 1)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261124)]
    [InlineData(0x5EED)]
    [InlineData(-7)]
    public void Answers_OfAnyBytes_StayWithinTheFrameAndTheMemory(int seed)
    {
        for (var i = 0; i < Streams; i++)
        {
            var any = new ArbitraryMessages(unchecked(seed + (i * 7919)));
            var bytes = any.Up(3) switch
            {
                0 => any.Bytes(any.Up(64)),
                1 => Spoilt(any, AnyFrame(any))[2..],
                2 => [.. System.Text.Encoding.ASCII.GetBytes(AnyCode(any) + "00"), .. any.Bytes(any.Up(2000))],
                _ => [.. System.Text.Encoding.ASCII.GetBytes(AnyCode(any) + "00"), .. Enumerable.Repeat((byte)('0' + any.Up(9)), any.Up(FrameCodec.IoBuffer - 8))],
            };
            var limit = ((long)bytes.Length * PerByte) + Overhead;
            Each(bytes, limit, $"seed {seed}, run {i}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20261124, 1)]
    [InlineData(1, 64)]
    [InlineData(0x5EED, 32768)]
    public async Task Connection_ToAPeerThatTalksNonsense_FailsOnlyAsALink(int seed, int pieces)
    {
        for (var i = 0; i < 40; i++)
        {
            var any = new ArbitraryMessages(unchecked(seed + (i * 104729)));
            byte[] nonsense = [.. Enumerable.Range(0, 1 + any.Up(3)).SelectMany(_ => any.Up(1) == 0 ? Spoilt(any, AnyFrame(any)) : any.Bytes(any.Up(500)))];
            await using var connection = new HostConnection(new FedStream(nonsense, pieces), onTrial: false, Wire.Header.Length, new HostLinkOptions(), new FakeTimeProvider());
            try
            {
                await connection.SendAsync<DiagnosticsRequest, DiagnosticsAnswer>(default, TestContext.Current.CancellationToken);
            }
            catch (LinkException failure)
            {
                Assert.Contains(failure.Fault, (LinkFault[])[LinkFault.NoAnswer, LinkFault.Protocol]);
            }
        }
    }

    /// <summary>The lists above are worth nothing for a message that is not in them.</summary>
    [Fact]
    public void EveryMessage_IsInTheProperties()
    {
        var answers = typeof(IHostAnswer).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IHostAnswer))).Select(t => t.Name).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "CommandVolumesAnswer", "ComplianceAnswer", "DeleteAuditRecordsAnswer", "DiagnosticsAnswer", "EchoAnswer", "HealthCountsAnswer", "InstantHealthAnswer",
                "LoadingAnswer", "NetworkInformationAnswer", "RandomValueAnswer", "ResetHealthCountsAnswer", "ResetUtilisationAnswer", "RetrieveAuditRecordAnswer", "StatusAnswer",
            ],
            answers);
    }

    private static List<string> Frames(byte[] stream, Func<int, int> piece)
    {
        var frames = new List<string>();
        var (held, fed) = (new List<byte>(), 0);
        try
        {
            while (fed < stream.Length)
            {
                var count = Math.Min(piece(stream.Length - fed), stream.Length - fed);
                held.AddRange(stream.AsSpan(fed, count));
                fed += count;
                var input = new ReadOnlySequence<byte>(held.ToArray());
                while (FrameCodec.TryRead(ref input, FrameCodec.IoBuffer, out var body))
                {
                    // Exactly what was announced, and the rest begins right behind it.
                    var announced = BinaryPrimitives.ReadUInt16BigEndian(stream.AsSpan(stream.Length - (stream.Length - fed) - (int)input.Length - (int)body.Length - 2));
                    Assert.Equal(announced, body.Length);
                    frames.Add(Convert.ToHexString(body.ToArray()));
                }

                held = [.. input.ToArray()];
                Assert.True(held.Count < FrameCodec.IoBuffer + FrameCodec.PrefixLength + 1, "more than a frame is held back");
            }
        }
        catch (HostProtocolException)
        {
            frames.Add("refused");
        }

        return frames;
    }

    private static void Each(byte[] afterHeader, long limit, string run)
    {
        Read<DiagnosticsRequest, DiagnosticsAnswer>(default, afterHeader, limit, run);
        Read<StatusRequest, StatusAnswer>(default, afterHeader, limit, run);
        Read<ComplianceRequest, ComplianceAnswer>(default, afterHeader, limit, run);
        Read<EchoRequest, EchoAnswer>(new EchoRequest(new byte[200]), afterHeader, limit, run);
        Read<RandomValueRequest, RandomValueAnswer>(new RandomValueRequest(256), afterHeader, limit, run);
        Read<NetworkInformationRequest, NetworkInformationAnswer>(new NetworkInformationRequest('1', true), afterHeader, limit, run);
        Read<LoadingRequest, LoadingAnswer>(default, afterHeader, limit, run);
        Read<CommandVolumesRequest, CommandVolumesAnswer>(default, afterHeader, limit, run);
        Read<ResetUtilisationRequest, ResetUtilisationAnswer>(default, afterHeader, limit, run);
        Read<HealthCountsRequest, HealthCountsAnswer>(default, afterHeader, limit, run);
        Read<ResetHealthCountsRequest, ResetHealthCountsAnswer>(default, afterHeader, limit, run);
        Read<InstantHealthRequest, InstantHealthAnswer>(default, afterHeader, limit, run);
        Read<RetrieveAuditRecordRequest, RetrieveAuditRecordAnswer>(default, afterHeader, limit, run);
        Read<DeleteAuditRecordsRequest, DeleteAuditRecordsAnswer>(default, afterHeader, limit, run);
    }

    private static void Read<TRequest, TAnswer>(TRequest request, byte[] afterHeader, long limit, string run)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            HostAnswerReader.Read<TRequest, TAnswer>(request, afterHeader);
        }
        catch (HostProtocolException)
        {
            // The one way to complain.
        }

        var took = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(took <= limit, $"{typeof(TAnswer).Name} took {took} bytes for {afterHeader.Length} ({run})");
    }

    private static string AnyCode(ArbitraryMessages any) => ((string[])["ND", "NP", "B3", "N1", "NJ", "J3", "J5", "J7", "J9", "JJ", "JL", "Q3", "Q7"])[any.Up(12)];

    private static byte[] AnyFrame(ArbitraryMessages any) => any.Up(6) switch
    {
        0 => Wire.Answer<DiagnosticsRequest, DiagnosticsAnswer>(any.Diagnostics(), any.Trailer()),
        1 => Wire.Answer<StatusRequest, StatusAnswer>(any.Status(), any.Trailer()),
        2 => Wire.Answer<NetworkInformationRequest, NetworkInformationAnswer>(any.NetworkInformation(statistics: true)),
        3 => Wire.Answer<CommandVolumesRequest, CommandVolumesAnswer>(any.Volumes(), any.Trailer()),
        4 => Wire.Answer<InstantHealthRequest, InstantHealthAnswer>(any.InstantHealth(), any.Trailer()),
        5 => Wire.Request<EchoRequest, EchoAnswer>(any.Echo()),
        _ => [0, 0],
    };

    private static byte[] Spoilt(ArbitraryMessages any, byte[] frame)
    {
        for (var times = 1 + any.Up(3); times > 0; times--)
        {
            frame[any.Up(frame.Length - 1)] = (byte)any.Up(byte.MaxValue);
        }

        return frame;
    }

    /// <summary>A peer that says what it is given, in pieces, and then closes; it listens to nothing.</summary>
    private sealed class FedStream(byte[] says, int pieces) : Stream
    {
        private int _said;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Say(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Say(buffer.Span));

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private int Say(Span<byte> buffer)
        {
            var count = Math.Min(Math.Min(pieces, buffer.Length), says.Length - _said);
            says.AsSpan(_said, count).CopyTo(buffer);
            _said += count;
            return count;
        }
    }
}
