namespace PaymentHsm.Portal.Firmware;

/// <summary>What patch waves log.</summary>
internal static partial class FirmwareLog
{
    [LoggerMessage(7101, LogLevel.Error, "A patch wave could not go on; it is tried again in {Pause}.")]
    public static partial void WaveFailed(this ILogger log, TimeSpan pause, Exception failure);

    [LoggerMessage(7102, LogLevel.Warning, "{What} {Listing} of firmware {Version} ends on {Until}.")]
    public static partial void ListingEnds(this ILogger log, string what, string listing, string version, string until);
}
