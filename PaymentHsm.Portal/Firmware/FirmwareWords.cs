using PaymentHsm.Domain.Firmware;

namespace PaymentHsm.Portal.Firmware;

/// <summary>Drift, waves and members in the words and shapes of the design.</summary>
internal static class FirmwareWords
{
    public static string Word(FirmwareDrift drift) => drift switch
    {
        FirmwareDrift.OnBase => "On base",
        FirmwareDrift.Behind => "Behind base",
        FirmwareDrift.Ahead => "Ahead of base",
        FirmwareDrift.NotApproved => "Not approved",
        FirmwareDrift.Unsupported => "Unsupported",
        FirmwareDrift.NoBase => "No base chosen",
        _ => "Not read",
    };

    /// <summary>Shape of the sprite, which is also its colour class.</summary>
    public static string Shape(FirmwareDrift drift) => drift switch
    {
        FirmwareDrift.OnBase or FirmwareDrift.Ahead => "ok",
        FirmwareDrift.Behind => "warning",
        FirmwareDrift.NotApproved or FirmwareDrift.Unsupported => "critical",
        _ => "unknown",
    };

    public static string Word(WaveState state) => state switch
    {
        WaveState.Planned => "Waiting for a second engineer",
        WaveState.Canary => "Canary",
        WaveState.Soaking => "Soaking",
        WaveState.Patching => "Patching",
        WaveState.Stopping => "Stopping",
        _ => state.ToString(),
    };

    /// <summary>Shape and colour class of a wave.</summary>
    public static (string Shape, string Css) Mark(WaveState state) => state switch
    {
        WaveState.Planned => ("todo", "ink2"),
        WaveState.Done => ("ok", "ok"),
        WaveState.Aborted => ("warning", "warning"),
        WaveState.Stopping => ("warning", "warning"),
        WaveState.Cancelled => ("ban", "ink2"),
        _ => ("progress", "progress"),
    };

    public static string Word(MemberState state) => state switch
    {
        MemberState.DroppedOut => "Dropped out",
        MemberState.NotReached => "Not reached",
        _ => state.ToString(),
    };

    /// <summary>Shape and colour class of a member.</summary>
    public static (string Shape, string Css) Mark(MemberState state) => state switch
    {
        MemberState.Patching => ("progress", "progress"),
        MemberState.Patched => ("ok", "ok"),
        MemberState.Failed => ("critical", "critical"),
        MemberState.DroppedOut or MemberState.NotReached => ("ban", "ink2"),
        _ => ("todo", "ink2"),
    };

    /// <summary>Dates of listings: the day alone, UTC.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Where the wave is, in one line for people.</summary>
    public static string Progress(PatchWave wave)
    {
        var parts = new List<string> { $"{wave.Count(MemberState.Patched)} of {wave.TakingPart} patched" };
        foreach (var state in new[] { MemberState.Patching, MemberState.Failed, MemberState.DroppedOut, MemberState.NotReached })
        {
            if (wave.Count(state) is > 0 and var n)
            {
                parts.Add($"{n} {Word(state).ToLowerInvariant()}");
            }
        }

        return string.Join(", ", parts);
    }
}
