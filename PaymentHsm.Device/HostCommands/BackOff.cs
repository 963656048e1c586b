namespace PaymentHsm.Device.HostCommands;

/// <summary>Pause before the next connect: none at first, then doubling with each connection in a row that came to nothing.</summary>
/// <param name="first">Pause after the first failure.</param>
/// <param name="longest">Longest pause.</param>
internal sealed class BackOff(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    /// <summary>How long to wait since the last failure.</summary>
    public TimeSpan Pause => _failures == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(_failures - 1, 20)));

    /// <summary>A connection could not be made, or ended without any answer.</summary>
    public void Failed() => _failures++;

    /// <summary>A connection was of use.</summary>
    public void Succeeded() => _failures = 0;
}
