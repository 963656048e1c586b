using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>A unit whose facts the test sets.</summary>
internal sealed class TestHostSide : IHostSide
{
    private volatile bool _isServing = true;

    public string Serial { get; init; } = "S0420000017A";

    public string FirmwareRevision { get; init; } = "1500-0023";

    public bool HasWideSocketCount { get; init; } = true;

    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 17, 5, 0, TimeSpan.Zero);

    public bool IsServing
    {
        get => _isServing;
        set => _isServing = value;
    }

    public string LmkCheckValue { get; init; } = "5D67270000000000";

    public IReadOnlyList<SimulatedLmk> Lmks { get; set; } = [new(0, true, 2, 'K', '2', 'L', "Contoso live"), new(1, false, 0, 'V', '0', 'T', "Bench test LMK")];

    public int OldLmks { get; init; }

    public SimulatedTamper? Tamper { get; set; }

    public long Reboots { get; set; } = 7;

    public long Tampers { get; init; }

    public DateTimeOffset CountingSince { get; init; } = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    public int RatedCommandsPerSecond { get; init; } = 60;

    public bool IsPciCompliant { get; init; } = true;

    public HashSet<string> Disabled { get; } = [];

    public HashSet<string> Authorised { get; } = [];

    public bool IsHostPortUp(int port) => port == 1;

    public bool IsEnabled(string command) => !Disabled.Contains(command);

    public bool IsAuthorised(string activity) => Authorised.Contains(activity);

    public void ResetHealthCounts() => Reboots = 0;
}
