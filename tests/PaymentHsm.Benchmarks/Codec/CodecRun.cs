using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using PaymentHsm.Benchmarks.Reporting;

namespace PaymentHsm.Benchmarks.Codec;

/// <summary>Runs <see cref="CodecBenchmark"/> and says each figure in a line.</summary>
internal static class CodecRun
{
    public static int Run(Report report)
    {
        report.Begin("codec");
        var artifacts = Directory.CreateTempSubdirectory("paymenthsm-codec-").FullName;
        try
        {
            // In this process: the codec is internal to the product, and nothing has to be built.
            var config = ManualConfig.CreateEmpty()
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
                .AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)
                .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
                .AddLogger(NullLogger.Instance)
                .WithArtifactsPath(artifacts)
                .WithOptions(ConfigOptions.DisableLogFile);
            var summary = BenchmarkRunner.Run<CodecBenchmark>(config);
            if (summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || summary.Reports.Any(r => !r.Success))
            {
                Console.Error.WriteLine("BenchmarkDotNet could not run the codec: " + string.Join("; ", summary.ValidationErrors.Select(e => e.Message)));
                return 2;
            }

            foreach (var one in summary.Reports)
            {
                Tell(report, one);
            }
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }

        report.End();
        return report.ExitCode;
    }

    private static void Tell(Report report, BenchmarkReport one)
    {
        var name = one.BenchmarkCase.Descriptor.WorkloadMethod.Name;
        report.Figure($"{name}: messages per second", 1e9 / one.ResultStatistics!.Mean, "1/s");
        var allocated = one.GcStats.GetBytesAllocatedPerOperation(one.BenchmarkCase) ?? 0;
        switch (name)
        {
            case nameof(CodecBenchmark.DecodeDiagnostics):
                report.AtMost($"{name}: bytes allocated (the answer itself)", allocated, CodecBenchmark.DiagnosticsItself(), "B");
                break;
            case nameof(CodecBenchmark.DecodeHealth) or nameof(CodecBenchmark.EncodeHealth):
                // A list of any kind: the driver only reads it, and then it is part of the answer; the simulator's writing is not its hot path.
                report.Figure($"{name}: bytes allocated", allocated, "B");
                break;
            default:
                report.AtMost($"{name}: bytes allocated", allocated, 0, "B");
                break;
        }
    }
}
