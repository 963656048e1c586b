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
        new("1.6a", "1500-0028", false),
        new("1.8a", "1500-0030", true),
        new("1.9a", "1500-0031", true),
        new("2.1a", "1500-0036", true),
        new("2.2b", "1500-0039", true),
    ];

    /// <summary>Names of the base releases.</summary>
    public static IEnumerable<string> Names => Known.Select(r => r.Base);

    /// <summary>True for one of Thales' base releases, false for anything else.</summary>
    public static bool IsBase(string name) => Known.Any(r => r.Base == name);

    /// <summary>Compares names such as <c>1.9a</c>: numbers first, then the letter. A name that is none is not older than anything.</summary>
    public static bool IsOlder(string name, string than) => Key(name) is { } key && Key(than) is { } other && key.CompareTo(other) < 0;

    private static (int Major, int Minor, char Letter)? Key(string name)
    {
        var parts = name.Split('.', 2);
        return parts.Length == 2 && parts[1].Length > 1 && int.TryParse(parts[0], out var major) && int.TryParse(parts[1].AsSpan(0, parts[1].Length - 1), out var minor)
            ? (major, minor, parts[1][^1])
            : null;
    }

    /// <summary>The release of that name; an unknown one counts as the newest, with its own name.</summary>
    public static FirmwareRelease Named(string name) => Known.FirstOrDefault(r => r.Base == name) ?? Known[^1] with { Base = name };
}
