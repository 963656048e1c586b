using System.Text.Json.Serialization;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Firmware;

/// <summary>
/// A patch wave over devices of the pool (W7): the member list is frozen when it is planned, another engineer signs its digest, then it runs by itself.
/// Immutable; guarded by <see cref="Version"/>.
/// </summary>
/// <param name="Id">Correlates everything that the wave does (R85).</param>
/// <param name="Target">Version that the members are brought to.</param>
/// <param name="Image">Where a device fetches the image.</param>
/// <param name="ImageDigest">SHA-256 of the image, as on the approved list when the wave was planned.</param>
/// <param name="Scope">Which devices were looked at.</param>
/// <param name="Limits">What the wave keeps to.</param>
/// <param name="Members">Frozen list in the order of the work; the first that takes part is the canary.</param>
/// <param name="Digest">SHA-256 over target, image, scope, limits and members: what the approver signs.</param>
/// <param name="Reason">Why, in the planner's words.</param>
/// <param name="PlannedBy">The engineer who planned it.</param>
/// <param name="PlannedAt">When (UTC).</param>
/// <param name="ApproveBefore">When an unsigned plan lapses.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ApprovedBy">The other engineer.</param>
/// <param name="ApprovedAt">When (UTC).</param>
/// <param name="RunBefore">When a running wave is stopped, whatever is left (I10).</param>
/// <param name="SoakUntil">Until when the canary is only watched.</param>
/// <param name="Ending">How it ended or why it stops, in a sentence; null before.</param>
/// <param name="EndedAt">When (UTC).</param>
/// <param name="Version">Rises with each stored change.</param>
public sealed record PatchWave(
    Guid Id,
    string Target,
    Uri Image,
    string ImageDigest,
    WaveScope Scope,
    WaveLimits Limits,
    IReadOnlyList<WaveMember> Members,
    string Digest,
    string Reason,
    string PlannedBy,
    DateTimeOffset PlannedAt,
    DateTimeOffset ApproveBefore,
    WaveState State = WaveState.Planned,
    string? ApprovedBy = null,
    DateTimeOffset? ApprovedAt = null,
    DateTimeOffset? RunBefore = null,
    DateTimeOffset? SoakUntil = null,
    string? Ending = null,
    DateTimeOffset? EndedAt = null,
    long Version = 0)
{
    /// <summary>Short name for people: <c>wave-41d7aa</c>.</summary>
    [JsonIgnore]
    public string ShortName => string.Concat("wave-", Id.ToString("N").AsSpan(26, 6));

    /// <summary>True once nothing more happens to it.</summary>
    [JsonIgnore]
    public bool IsEnded => State is WaveState.Done or WaveState.Aborted or WaveState.Cancelled;

    /// <summary>The first member that takes part; null when none does.</summary>
    [JsonIgnore]
    public WaveMember? Canary => Members.FirstOrDefault(m => m.State is not MemberState.DroppedOut);

    /// <summary>Members that took or take part: all but those that dropped out.</summary>
    [JsonIgnore]
    public int TakingPart => Members.Count(m => m.State != MemberState.DroppedOut);

    /// <summary>How many members are in a state.</summary>
    public int Count(MemberState state) => Members.Count(m => m.State == state);

    /// <summary>A copy with one member replaced.</summary>
    public PatchWave With(WaveMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return this with { Members = [.. Members.Select(m => m.Serial == member.Serial ? member : m)] };
    }

    /// <summary>The digest of a plan. Frozen facts only: how far it is does not change it.</summary>
    public static string DigestOf(string target, string imageDigest, WaveScope scope, WaveLimits limits, IEnumerable<WaveMember> members)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(members);
        return EvidenceContent.DigestOf(CanonicalJson.Encode(new Dictionary<string, object?>
        {
            ["v"] = 1,
            ["action"] = "PatchWave",
            ["target"] = target,
            ["image"] = imageDigest,
            ["region"] = scope.Region,
            ["stamp"] = scope.Stamp,
            ["versions"] = scope.Versions,
            ["soakSeconds"] = (long)limits.Soak.TotalSeconds,
            ["perStamp"] = limits.PerStamp,
            ["reserve"] = limits.Reserve,
            ["abortAtPercent"] = limits.AbortAtPercent,
            ["members"] = members.Select(object (m) => $"{m.Serial} {m.Region}/{m.Stamp} {m.From}"),
        }));
    }
}

/// <summary>Which devices of the pool a wave looks at; null means any.</summary>
/// <param name="Region">Region name.</param>
/// <param name="Stamp">Stamp name.</param>
/// <param name="Versions">Present versions; empty means every one but the target.</param>
public sealed record WaveScope(string? Region, string? Stamp, IReadOnlyList<string> Versions);

/// <summary>What a wave keeps to (R44).</summary>
/// <param name="Soak">How long the canary is watched before the others.</param>
/// <param name="PerStamp">Devices of one stamp at a time.</param>
/// <param name="Reserve">Free devices that stay in every stamp.</param>
/// <param name="AbortAtPercent">Share of failed members, of those that take part, at which the wave stops. A failed canary always stops it.</param>
public sealed record WaveLimits(TimeSpan Soak, int PerStamp, int Reserve, int AbortAtPercent);

/// <summary>One device of a wave.</summary>
/// <param name="Serial">Which device.</param>
/// <param name="Region">Where it was when the list was frozen.</param>
/// <param name="Stamp">Failure domain.</param>
/// <param name="From">Version it ran then.</param>
/// <param name="State">How far it is.</param>
/// <param name="Operation">Its operation; stored before the operation is.</param>
/// <param name="Detail">Why it dropped out, failed, or what was proven.</param>
public sealed record WaveMember(HsmSerial Serial, string Region, string Stamp, string From, MemberState State = MemberState.Waiting, Guid? Operation = null, string? Detail = null);

/// <summary>Where a wave stands.</summary>
public enum WaveState
{
    /// <summary>Another engineer has to sign.</summary>
    Planned,

    /// <summary>One device first.</summary>
    Canary,

    /// <summary>The canary is watched.</summary>
    Soaking,

    /// <summary>The others, within the limits.</summary>
    Patching,

    /// <summary>Nothing new begins; what runs goes on to its end.</summary>
    Stopping,

    /// <summary>Every member was looked at.</summary>
    Done,

    /// <summary>Stopped before its end.</summary>
    Aborted,

    /// <summary>Withdrawn or lapsed before anything was done.</summary>
    Cancelled,
}

/// <summary>How far a member is.</summary>
public enum MemberState
{
    Waiting,
    Patching,

    /// <summary>Version, licences and self-test were read back.</summary>
    Patched,

    /// <summary>Not proven; the device is quarantined.</summary>
    Failed,

    /// <summary>No longer free when its turn came, or not to be patched after all.</summary>
    DroppedOut,

    /// <summary>The wave ended before its turn.</summary>
    NotReached,
}
