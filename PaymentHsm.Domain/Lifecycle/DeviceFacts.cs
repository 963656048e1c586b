using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>
/// What is known when a device is about to move: what was read from it, and what people decided. Everything defaults to "not known" or "no", so that a
/// fact somebody forgot to gather refuses instead of allowing.
/// </summary>
public sealed record DeviceFacts
{
    /// <summary>Nothing is known: enough for the steps without a guard.</summary>
    public static DeviceFacts None { get; } = new();

    /// <summary>When the device was read (UTC); null when it was not.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Serial that the device itself reports.</summary>
    public HsmSerial? ReportedSerial { get; init; }

    /// <summary>Judged health of the device.</summary>
    public Health Health { get; init; } = Health.Unknown;

    /// <summary>Base firmware as reported; null when not read.</summary>
    public string? Firmware { get; init; }

    /// <summary>Tamper latch.</summary>
    public TamperState Tamper { get; init; }

    /// <summary>Commission state as the device reports it.</summary>
    public CommissionState Commission { get; init; }

    /// <summary>Whether customer content is on the device, as it reports; null when not read.</summary>
    public bool? CustomerContentPresent { get; init; }

    /// <summary>Administrator access, as tried or read.</summary>
    public AdminAccess AdminAccess { get; init; }

    /// <summary>The last administrator login that was tried (R13).</summary>
    public AdministratorLogin? Login { get; init; }

    /// <summary>What is known about customer content (R78).</summary>
    public Sanitisation Sanitisation { get; init; }

    /// <summary>Firmware, licences and self-test against the base image; null when not checked.</summary>
    public BaselineCheck? Baseline { get; init; }

    /// <summary>The R78 list; null when not checked.</summary>
    public ErasureProof? Erasure { get; init; }

    /// <summary>The licence of the SKU was read back (R15).</summary>
    public bool LicenceReadBack { get; init; }

    /// <summary>The customer's network is connected (R14).</summary>
    public bool NetworkConnected { get; init; }

    /// <summary>The subscription's quota has room (R19).</summary>
    public bool QuotaFree { get; init; }

    /// <summary>The stamp's free pool stays above its reserve (R44).</summary>
    public bool ReserveKept { get; init; }

    /// <summary>Allocation id that the device is to be given.</summary>
    public string? Allocation { get; init; }

    /// <summary>The customer's resource is being deleted.</summary>
    public bool ResourceDeleting { get; init; }

    /// <summary>No resource refers to the device: it was deleted (404) or never existed.</summary>
    public bool ResourceGone { get; init; }

    /// <summary>A force-delete approval was consumed for this device and its digest matched (I5).</summary>
    public bool ApprovalConsumed { get; init; }

    /// <summary>Ticket that carries the step (R53).</summary>
    public string? Ticket { get; init; }

    /// <summary>The same customer's other device in the region is being worked on (R67).</summary>
    public bool PairBusy { get; init; }

    /// <summary>The case says that the hardware failed (R79).</summary>
    public bool HardwareFailure { get; init; }

    /// <summary>Different engineers that signed this step.</summary>
    public int EngineerSignatures { get; init; }

    /// <summary>Different people at the rack that signed this step.</summary>
    public int DatacenterSignatures { get; init; }

    /// <summary>Version of the destruction runbook that the order is pinned to.</summary>
    public string? RunbookVersion { get; init; }

    /// <summary>Serial scanned at the rack.</summary>
    public HsmSerial? ScannedSerial { get; init; }

    /// <summary>The scanned disk serial equals the order's.</summary>
    public bool DiskSerialMatches { get; init; }

    /// <summary>Arrival and racking were checked as the site's procedure asks: seal, slot, feeds, ports.</summary>
    public bool SiteChecksPassed { get; init; }
}
