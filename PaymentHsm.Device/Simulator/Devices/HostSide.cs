using System.Security.Cryptography;
using System.Text;
using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>A simulated device as its host port sees it: the same truth as on the out-of-band wire.</summary>
internal sealed class HostSide(SimulatedHsm hsm) : IHostSide
{
    public string Serial => hsm.Identity.Serial;

    public string FirmwareRevision => FirmwareRelease.Named(hsm.State.Base).Revision;

    public bool HasWideSocketCount => FirmwareRelease.Named(hsm.State.Base).HasWideSocketCount;

    public DateTimeOffset Now => hsm.Now;

    public bool IsServing => hsm.State is { Serving: true } state && (Links.IsUp(state, "HOST1") || Links.IsUp(state, "HOST2"));

    /// <summary>Six significant digits and ten zeros, as a real capture shows (HOST-COMMANDS 3.1).</summary>
    public string LmkCheckValue => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Serial)).AsSpan(0, 3)) + "0000000000";

    public IReadOnlyList<SimulatedLmk> Lmks =>
        [.. Enumerable.Range(0, Math.Min(hsm.State.Lmks, hsm.State.LicensedLmks)).Select(id => new SimulatedLmk(id, false, 0, id == 0 ? 'V' : 'K', id == 0 ? '1' : '2', 'L', $"LMK {id:D2}"))];

    public int OldLmks => 0;

    public SimulatedTamper? Tamper => hsm.State.Tamper is { } latch ? new SimulatedTamper(latch.Cause, latch.At) : null;

    public long Reboots => hsm.State.Reboots;

    public long Tampers => hsm.State.Tampers;

    public DateTimeOffset CountingSince => hsm.State.CountingSince;

    public bool IsHostPortUp(int port) => Links.IsUp(hsm.State, port == 1 ? "HOST1" : "HOST2");

    /// <summary>Delivered units have every monitoring command switched on.</summary>
    public bool IsEnabled(string command) => true;

    /// <summary>Nobody has turned the keys for it: a delivered unit authorises nothing.</summary>
    public bool IsAuthorised(string activity) => false;

    /// <summary>The licensed performance.</summary>
    public int RatedCommandsPerSecond => hsm.State.CallsPerSecond;

    public bool IsPciCompliant => true;

    public void ResetHealthCounts() => hsm.Do(change => change.State = change.State with { Reboots = 0, Tampers = 0, CountingSince = change.At });
}
