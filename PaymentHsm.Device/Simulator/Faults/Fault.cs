using System.Text.Json.Serialization;

namespace PaymentHsm.Device.Simulator.Faults;

/// <summary>A fault as the control API takes it.</summary>
internal sealed record Fault
{
    /// <summary>Which requests it meets; all when absent.</summary>
    public FaultMatch? Match { get; init; }

    /// <summary>What goes wrong.</summary>
    [JsonRequired]
    public FaultKind Kind { get; init; }

    /// <summary>How many requests it meets before it is spent; absent or 0: until it is cleared.</summary>
    public int Count { get; init; }

    /// <summary>Wait before the fault shows, in milliseconds.</summary>
    public int DelayMs { get; init; }

    /// <summary>SlowBody: speed, in bytes a second (default 16).</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>Status503: value of Retry-After as sent, whatever it is; absent: no such header.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Status500: send HTML instead of an error envelope.</summary>
    public bool Html { get; init; }

    /// <summary>Redirect: 302, 307 or 308 (default 307).</summary>
    public int? Status { get; init; }

    /// <summary>OffOriginLink and Redirect: where to (default <c>https://attacker.invalid</c>).</summary>
    public Uri? Location { get; init; }

    /// <summary>ClockSkew: hours ahead (negative: behind); default 6.</summary>
    public double? Hours { get; init; }

    /// <summary>EnumUnknown, NullReading, MissingMember: name of the member; absent: every member of that sort.</summary>
    public string? Member { get; init; }

    /// <summary>True when it belongs to connections or to the whole device, not to single requests.</summary>
    [JsonIgnore]
    public bool IsStanding => Kind is FaultKind.Refuse or FaultKind.Blackhole
        or FaultKind.TlsUntrusted or FaultKind.TlsExpired or FaultKind.TlsWrongName or FaultKind.TlsOldVersion
        or FaultKind.TaskStuck or FaultKind.TaskException or FaultKind.LogGap or FaultKind.HardLock
        or FaultKind.SseSilent or FaultKind.SseGarbage or FaultKind.SseDrop;
}

/// <summary>Which requests a fault meets.</summary>
/// <param name="Method">HTTP method; all when absent or <c>*</c>.</param>
/// <param name="PathPrefix">How the path begins; all when absent.</param>
internal sealed record FaultMatch(string? Method, string? PathPrefix)
{
    public bool Meets(string method, string path) =>
        (Method is null or "*" || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (PathPrefix is null || path.StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase));
}
