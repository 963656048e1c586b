using System.Diagnostics;

namespace PaymentHsm.Benchmarks.Reporting;

/// <summary>Processor time, clock and collections of this process since it was made.</summary>
internal sealed class Meter
{
    private readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly int _secondGeneration = GC.CollectionCount(2);
    private readonly long _allocated = GC.GetTotalAllocatedBytes();

    /// <summary>Processor seconds of all threads.</summary>
    public double ProcessorSeconds => (Environment.CpuUsage.TotalTime - _processor).TotalSeconds;

    public double Seconds => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    public int SecondGeneration => GC.CollectionCount(2) - _secondGeneration;

    public long Allocated => GC.GetTotalAllocatedBytes() - _allocated;
}
