using System.ComponentModel.DataAnnotations;

namespace PaymentHsm.Device.Simulator;

/// <summary>Settings of the simulated fleet.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Section below <c>PaymentHsm</c>.</summary>
    public const string Section = "Simulator";

    /// <summary>False: this process simulates nothing.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The product's data directory; the fleet lives in its folder <c>simulator</c>.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>How many devices.</summary>
    [Range(1, 10_000)]
    public int Devices { get; set; } = 24;

    /// <summary>Where the control API listens: plain HTTP, loopback only; port 0 takes a free one.</summary>
    [Required]
    public Uri ControlUrl { get; set; } = new("http://127.0.0.1:5090");

    /// <summary>How long a restart takes from request to completion.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RestartTime { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a customer's own release takes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ReleaseTime { get; set; } = TimeSpan.Zero;

    /// <summary>Leaves administrators enabled while a customer has the device: only for the conformance checkers, which need an administrator.</summary>
    public bool ConformanceMode { get; set; }
}
