using System.Buffers;
using BenchmarkDotNet.Attributes;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Benchmarks.Codec;

/// <summary>Host-command frames in memory.</summary>
[MemoryDiagnoser]
public class CodecBenchmark
{
    private static readonly byte[] Header = "HEAD"u8.ToArray();
    private static readonly DiagnosticsAnswer Diagnostics = new("5D67270000000000", "1500-0023");
    private static readonly byte[] DiagnosticsFrame = Frame(Diagnostics, "ND");

    private static readonly InstantHealthAnswer Health = new(
        "S0420000017A",
        new DateTimeOffset(2026, 11, 23, 17, 5, 0, TimeSpan.Zero),
        new ServiceStates(ServiceState.Running, ServiceState.Running, ServiceState.Running, ServiceState.NotConfigured),
        TamperWord.None,
        null,
        1,
        0,
        [new LmkReport(0, true, 2, 'K', '2', 'L', "LMK 00"), new LmkReport(1, false, 0, 'V', '0', 'T', "LMK 01")],
        false,
        false);

    private static readonly byte[] HealthFrame = Frame(Health, "JL");

    private readonly ArrayBufferWriter<byte> _output = new(1024);

    /// <summary>NC as the driver writes it.</summary>
    [Benchmark]
    public int EncodeRequest()
    {
        _output.ResetWrittenCount();
        HostFrame.WriteRequest<DiagnosticsRequest, DiagnosticsAnswer>(_output, Header, default);
        return _output.WrittenCount;
    }

    /// <summary>ND as the simulator writes it.</summary>
    [Benchmark]
    public int EncodeDiagnostics()
    {
        _output.ResetWrittenCount();
        HostFrame.WriteAnswer(_output, Header, CommandCode.Parse("ND"), Diagnostics);
        return _output.WrittenCount;
    }

    /// <summary>JL with two LMKs as the simulator writes it.</summary>
    [Benchmark]
    public int EncodeHealth()
    {
        _output.ResetWrittenCount();
        HostFrame.WriteAnswer(_output, Header, CommandCode.Parse("JL"), Health);
        return _output.WrittenCount;
    }

    /// <summary>A frame cut out of the stream, its fields not looked at.</summary>
    [Benchmark]
    public long CutFrame()
    {
        var input = new ReadOnlySequence<byte>(DiagnosticsFrame);
        return FrameCodec.TryRead(ref input, FrameCodec.IoBuffer, out var body) ? body.Length : throw new InvalidOperationException();
    }

    /// <summary>ND as the driver reads it.</summary>
    [Benchmark]
    public object DecodeDiagnostics() => HostAnswerReader.Read<DiagnosticsRequest, DiagnosticsAnswer>(default, Body(DiagnosticsFrame));

    /// <summary>JL with two LMKs as the driver reads it.</summary>
    [Benchmark]
    public object DecodeHealth() => HostAnswerReader.Read<InstantHealthRequest, InstantHealthAnswer>(default, Body(HealthFrame));

    /// <summary>Bytes of an ND answer's own objects: what a decode cannot do without.</summary>
    internal static long DiagnosticsItself() => Allocated(() => new Domain.Fleet.HostAnswer<DiagnosticsAnswer>(
        "00", "", new DiagnosticsAnswer(new string(Diagnostics.LmkCheckValue.AsSpan()), new string(Diagnostics.FirmwareRevision.AsSpan()))));

    private static long Allocated(Func<object> make)
    {
        make();
        var before = GC.GetAllocatedBytesForCurrentThread();
        make();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static ReadOnlySpan<byte> Body(byte[] frame) => frame.AsSpan(FrameCodec.PrefixLength + Header.Length);

    private static byte[] Frame<TAnswer>(TAnswer answer, string code)
        where TAnswer : IHostAnswer
    {
        var output = new ArrayBufferWriter<byte>();
        HostFrame.WriteAnswer(output, Header, CommandCode.Parse(code), answer);
        return output.WrittenSpan.ToArray();
    }
}
