namespace PaymentHsm.Domain.Firmware;

/// <summary>Clocks of patching one device (W7).</summary>
public sealed record FirmwareUpdateOptions
{
    /// <summary>Times the device is asked while it does not take the image.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>Pause between two such tries.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long asking may take in all.</summary>
    public TimeSpan InstallFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between two reads while waiting.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the device has until it reports the new version.</summary>
    public TimeSpan ReadBackFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the checks before the way back to the pool may take.</summary>
    public TimeSpan ReleaseFor { get; init; } = TimeSpan.FromMinutes(15);
}
