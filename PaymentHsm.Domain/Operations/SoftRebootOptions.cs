namespace PaymentHsm.Domain.Operations;

/// <summary>Clocks and counts of a soft reboot (W2). Nothing of this is stated in the published page, so all of it is configuration.</summary>
public sealed record SoftRebootOptions
{
    /// <summary>How long the second person has to confirm.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How many times the request is sent while no byte of it gets through.</summary>
    public int Sends { get; init; } = 3;

    /// <summary>Pause between two such sends.</summary>
    public TimeSpan SendAgainAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the device is read while waiting for signs.</summary>
    public TimeSpan ObserveEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for signs before the outcome is decided without them.</summary>
    public TimeSpan ObserveFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A send whose result was lost counts as never arrived when two reads of the log, this far apart, hold no trace of it.</summary>
    public TimeSpan AbsenceMargin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>False lets the requester confirm alone; the default asks for another person (R1, R10).</summary>
    public bool AnotherPersonConfirms { get; init; } = true;
}
