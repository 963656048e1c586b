using System.Globalization;
using System.Runtime.InteropServices;

namespace PaymentHsm.Benchmarks.Reporting;

/// <summary>Prints one line per figure, its goal and whether it is met.</summary>
/// <param name="strict">True: a missed goal makes <see cref="ExitCode"/> 1.</param>
internal sealed class Report(bool strict)
{
    private int _missed;

    /// <summary>Exit code for what was reported so far.</summary>
    public int ExitCode => strict && _missed > 0 ? 1 : 0;

    /// <summary>Says where the figures come from.</summary>
    public void Begin(string what) => Console.WriteLine(
        $"{what}: {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MB"
#if DEBUG
        + "; DEBUG build: figures mean nothing, use -c Release"
#endif
        );

    /// <summary>A figure without goal.</summary>
    public void Figure(string name, double value, string unit) => Console.WriteLine($"  {name,-62} {Number(value),12} {unit}");

    /// <summary>A figure with an upper goal.</summary>
    public void AtMost(string name, double value, double goal, string unit) => Judge(name, value, $"at most {Number(goal)}", value <= goal, unit);

    /// <summary>A figure with a lower goal.</summary>
    public void AtLeast(string name, double value, double goal, string unit) => Judge(name, value, $"at least {Number(goal)}", value >= goal, unit);

    /// <summary>The last line.</summary>
    public void End() => Console.WriteLine(_missed == 0 ? "All goals met." : $"{_missed} goal(s) not met.");

    /// <summary>The middle one of some figures.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private void Judge(string name, double value, string goal, bool met, string unit)
    {
        _missed += met ? 0 : 1;
        Console.WriteLine($"  {name,-62} {Number(value),12} {unit,-14} goal {goal}: {(met ? "met" : "NOT MET")}");
    }

    private static string Number(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 or 0 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
