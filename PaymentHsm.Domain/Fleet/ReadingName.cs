namespace PaymentHsm.Domain.Fleet;

/// <summary>The twelve readings that every device has (R45). The names are part of the product's contract with outside clients.</summary>
public static class ReadingName
{
    public const string PowerPsu1 = "power-psu1";
    public const string PowerPsu2 = "power-psu2";
    public const string TemperatureIntake = "temperature-intake";
    public const string TemperatureInternal = "temperature-internal";
    public const string Fan1 = "fan1";
    public const string Fan2 = "fan2";
    public const string Tamper = "tamper";

    /// <summary>Reachability of the out-of-band controller: the portal's own observation.</summary>
    public const string Oob = "oob";

    public const string LinkHost1 = "link-host1";
    public const string LinkHost2 = "link-host2";
    public const string LinkMgmt = "link-mgmt";

    /// <summary>The top-of-rack switch that carries every link of the device (R51).</summary>
    public const string Upstream = "upstream";

    /// <summary>All names, in the order in which pages show them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [PowerPsu1, PowerPsu2, TemperatureIntake, TemperatureInternal, Fan1, Fan2, Tamper, Oob, LinkHost1, LinkHost2, LinkMgmt, Upstream];

    /// <summary>Readings that come through the out-of-band controller and are unknown while it is down (R50).</summary>
    public static IReadOnlyList<string> ThroughOob { get; } =
        [PowerPsu1, PowerPsu2, TemperatureIntake, TemperatureInternal, Fan1, Fan2, Tamper, LinkHost1, LinkHost2, LinkMgmt];
}
