using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Physical mishaps: tamper, hard lock, cables and the rack's switch.</summary>
internal static class Conditions
{
    private const string FanFixedFrom = "1.8a";

    private static readonly string[] TamperSources =
    [
        "unknown", "temperature", "battery", "erase button", "security processor watchdog", "power", "security processor restart", "motion", "case", "module", "general",
    ];

    /// <summary>Latches a tamper; the keys are gone at once. A second tamper finds the latch set.</summary>
    /// <param name="change">The change in the making.</param>
    /// <param name="cause">Cause 0 to 10 (HOST-COMMANDS 3.11).</param>
    public static void Tamper(Change change, int cause)
    {
        if (change.State.Tamper is not null)
        {
            return;
        }

        var source = TamperSources[Math.Clamp(cause, 0, TamperSources.Length - 1)];
        change.State = change.State with
        {
            Tamper = new TamperLatch(change.At, source, cause),
            Tampers = change.State.Tampers + 1,
            Lmks = 0,
            LastErase = change.State.Commission == CommissionState.Released ? change.State.LastErase : new EraseRecord(null, "Tamper", change.At, Verified: false),
        };
        change.Write("TamperDetected", [source], origin: "/redfish/v1/Chassis/hsm");
        Content.Log(change);
    }

    /// <summary>A person re-arms the sensor on site.</summary>
    public static void ClearTamper(Change change)
    {
        if (change.State.Tamper is null)
        {
            return;
        }

        change.State = change.State with { Tamper = null };
        change.Write("TamperCleared", [], origin: "/redfish/v1/Chassis/hsm");
    }

    /// <summary>The known, harmless issue of old firmware: a fan counts as too fast once a day until the power is cycled (R57).</summary>
    public static Verdict FanTooFast(Change change)
    {
        if (!FirmwareRelease.IsOlder(change.State.Base, FanFixedFrom))
        {
            return new Verdict.Refused(409, "", "", $"Firmware {change.State.Base} does not have this issue; it was fixed in {FanFixedFrom}.");
        }

        if (change.State is { Powered: true, FanTooFastSince: null })
        {
            change.State = change.State with { FanTooFastSince = change.At };
            Content.Log(change);
        }

        return new Verdict.Accepted(null, null);
    }

    /// <summary>Pulls or plugs the cable of a port.</summary>
    public static void SetCable(Change change, string port, bool plugged)
    {
        var before = change.State;
        var next = before with { Unplugged = plugged ? before.Unplugged.Remove(port) : before.Unplugged.Add(port) };
        change.State = next;
        WriteIfMoved(change, before, next, port);
    }

    /// <summary>The top-of-rack switch starts or stops forwarding: every link of the device follows.</summary>
    public static void SetSwitch(Change change, bool up)
    {
        var before = change.State;
        var next = before with { SwitchUp = up };
        change.State = next;
        foreach (var port in Links.All)
        {
            WriteIfMoved(change, before, next, port);
        }
    }

    private static void WriteIfMoved(Change change, DeviceState before, DeviceState after, string port)
    {
        if (Links.IsUp(before, port) != Links.IsUp(after, port))
        {
            change.Write(Links.IsUp(after, port) ? "LinkUp" : "LinkDown", [port], origin: Links.Path(port));
        }
    }
}
