using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Benchmarks.Targets;

/// <summary>A unit at rest.</summary>
internal sealed class BenchmarkUnit : IHostSide
{
    public string Serial => "S0420000017A";

    public string FirmwareRevision => "1500-0023";

    public bool HasWideSocketCount => true;

    public DateTimeOffset Now => DateTimeOffset.UtcNow;

    public bool IsServing => true;

    public string LmkCheckValue => "5D67270000000000";

    public IReadOnlyList<SimulatedLmk> Lmks { get; } = [new(0, true, 2, 'K', '2', 'L', "LMK 00"), new(1, false, 0, 'V', '0', 'T', "LMK 01")];

    public int OldLmks => 0;

    public SimulatedTamper? Tamper => null;

    public long Reboots => 1;

    public long Tampers => 0;

    public DateTimeOffset CountingSince { get; } = DateTimeOffset.UtcNow;

    public int RatedCommandsPerSecond => 2500;

    public bool IsPciCompliant => true;

    public bool IsHostPortUp(int port) => true;

    public bool IsEnabled(string command) => true;

    public bool IsAuthorised(string activity) => false;

    public void ResetHealthCounts()
    {
    }
}
