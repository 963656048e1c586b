namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>A base release and the revision number that host commands report for it (HOST-COMMANDS 3.1: the wire never shows the marketing release).</summary>
/// <param name="Base">Marketing release, for example <c>2.2b</c>.</param>
/// <param name="Revision">Revision, <c>xxxx-xxxx</c>.</param>
/// <param name="HasWideSocketCount">True from 1.8a on.</param>
internal sealed record FirmwareRelease(string Base, string Revision, bool HasWideSocketCount)
{
    private static readonly FirmwareRelease[] Known =
    [
        new("1.4a", "1500-0026", false),
        new("1.9a", "1500-0031", true),
        new("2.1a", "1500-0036", true),
        new("2.2b", "1500-0039", true),
    ];

    /// <summary>The release of that name; an unknown one counts as the newest, with its own name.</summary>
    public static FirmwareRelease Named(string name) => Known.FirstOrDefault(r => r.Base == name) ?? Known[^1] with { Base = name };
}
