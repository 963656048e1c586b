using System.ComponentModel.DataAnnotations;

namespace PaymentHsm.Portal.Settings;

/// <summary>The ARM API.</summary>
public sealed record ArmSettings
{
    /// <summary>Reads that one caller has per minute.</summary>
    [Range(1, 10_000_000)]
    public int ReadsPerMinute { get; init; } = 60_000;

    /// <summary>Creations and changes that one caller has per minute.</summary>
    [Range(1, 10_000_000)]
    public int WritesPerMinute { get; init; } = 6_000;

    /// <summary>Deletions that one caller has per minute.</summary>
    [Range(1, 10_000_000)]
    public int DeletesPerMinute { get; init; } = 6_000;

    /// <summary>How long a client is told to wait before it asks again how a deletion goes.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);
}
