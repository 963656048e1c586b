using System.Text.Json.Serialization;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Operations;

/// <summary>What a procedure has to remember across a crash; one case per kind of operation.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Restart), "restart")]
[JsonDerivedType(typeof(HandOver), "handOver")]
[JsonDerivedType(typeof(Firmware), "firmware")]
[JsonDerivedType(typeof(PowerCycle), "powerCycle")]
[JsonDerivedType(typeof(Destroy), "destroy")]
[JsonDerivedType(typeof(Reclaim), "reclaim")]
[JsonDerivedType(typeof(Deletion), "deletion")]
public abstract record OperationProgress
{
    private OperationProgress()
    {
    }

    /// <summary>Nothing to remember.</summary>
    public sealed record None : OperationProgress;

    /// <summary>A soft reboot.</summary>
    public sealed record Restart : OperationProgress
    {
        /// <summary>Where the device stood before.</summary>
        public RestartMarks? Marks { get; init; }

        /// <summary>Failed tries to read the marks.</summary>
        public int MarkTries { get; init; }

        /// <summary>Sends intended so far; stored before each.</summary>
        public int Sends { get; init; }

        /// <summary>Result of the last send; null while it is not known.</summary>
        public RestartSent? Sent { get; init; }

        /// <summary>When a look-up first found no trace of a send whose result was lost.</summary>
        public DateTimeOffset? AbsentSince { get; init; }

        /// <summary>The next act waits until then.</summary>
        public DateTimeOffset? NotBefore { get; init; }
    }

    /// <summary>W3: what was decided, and what was seen while people pulled the cords.</summary>
    public sealed record PowerCycle : OperationProgress
    {
        /// <summary>What the customer chose (R64); null before.</summary>
        public ImpactDecision? Decision { get; init; }

        /// <summary>Where the device stood before; null when it could not be read.</summary>
        public RestartMarks? Marks { get; init; }

        /// <summary>Failed tries to read the marks.</summary>
        public int MarkTries { get; init; }

        /// <summary>The next look waits until then.</summary>
        public DateTimeOffset? NotBefore { get; init; }

        /// <summary>When the controller was first found silent.</summary>
        public DateTimeOffset? OobLostAt { get; init; }

        /// <summary>When it answered again for good.</summary>
        public DateTimeOffset? OobBackAt { get; init; }

        /// <summary>When a supply was first read without input.</summary>
        public DateTimeOffset? PowerLostAt { get; init; }

        /// <summary>When both were read with input again.</summary>
        public DateTimeOffset? PowerBackAt { get; init; }

        /// <summary>Tamper latch as last read.</summary>
        public TamperState Tamper { get; init; }
    }

    /// <summary>W6: what is destroyed, by which runbook, and who ordered it.</summary>
    /// <param name="DiskSerial">Serial of the disk inside.</param>
    /// <param name="Runbook">Version of the runbook, pinned when it was asked for.</param>
    public sealed record Destroy(string DiskSerial, string Runbook) : OperationProgress
    {
        /// <summary>The engineers who signed the order; null before.</summary>
        public IReadOnlyList<string>? Signers { get; init; }

        /// <summary>Nothing failed: a clean unit is taken out of service (D31).</summary>
        public bool Retires { get; init; }

        /// <summary>The approval that calls it off, while one is asked for (D26).</summary>
        public string? CancelApproval { get; init; }
    }

    /// <summary>W1: giving a device to a customer.</summary>
    /// <param name="AllocationId">Allocation id that the device is given.</param>
    /// <param name="Customer">The customer's name.</param>
    /// <param name="ResourceId">ARM id of the customer's resource.</param>
    /// <param name="Progress">How far it is.</param>
    /// <param name="Sku">Performance and LMK count that the device is licensed for before it passes (R15); null keeps the base image's licence.</param>
    /// <param name="Login">The administrator login that was tried after the hand-over (R13).</param>
    public sealed record HandOver(string AllocationId, string Customer, string ResourceId, AllocationProgress Progress, ResourceSku? Sku = null, AdministratorLogin? Login = null) : OperationProgress
    {
        /// <summary>Last part of the resource id.</summary>
        public string ResourceName => ResourceId[(ResourceId.LastIndexOf('/') + 1)..];
    }

    /// <summary>W7: patching one device of the pool.</summary>
    /// <param name="Wave">The wave that it belongs to.</param>
    /// <param name="Target">Version that it is brought to.</param>
    /// <param name="Image">Where the device fetches the image.</param>
    /// <param name="Digest">SHA-256 of the image.</param>
    /// <param name="From">Version before.</param>
    /// <param name="Reserve">Free devices that stay in its stamp (R44).</param>
    public sealed record Firmware(Guid Wave, string Target, Uri Image, string Digest, string From, int Reserve) : OperationProgress
    {
        /// <summary>When the device was last asked, while its answer is not known; stored before each ask.</summary>
        public DateTimeOffset? Asked { get; init; }

        /// <summary>Asks so far.</summary>
        public int Tries { get; init; }

        /// <summary>The next act waits until then.</summary>
        public DateTimeOffset? NotBefore { get; init; }

        /// <summary>Decided, and stored before the device is moved: it ends in quarantine.</summary>
        public UpdateFailure? Failure { get; init; }
    }

    /// <summary>W5: a force delete; D24: a Reclaim again.</summary>
    /// <param name="ResourceId">ARM id of the resource that is deleted, or was.</param>
    /// <param name="AllocationId">The allocation that ends; the device refuses to erase any other. Empty when the store knows none.</param>
    /// <param name="Customer">Whose it was.</param>
    public sealed record Reclaim(string ResourceId, string AllocationId, string Customer) : OperationProgress
    {
        /// <summary>What has failed, when the unit's hardware has: then it goes to destruction, even if it is erased (R79). Null for a sound unit.</summary>
        public string? HardwareFinding { get; init; }

        /// <summary>How far it is.</summary>
        public ReclaimPhase Phase { get; init; }

        /// <summary>The device was read, and knew nothing of this operation, since nothing was sent or proven absent.</summary>
        public bool Checked { get; init; }

        /// <summary>Requests intended so far; stored before each.</summary>
        public int Sends { get; init; }

        /// <summary>Highest service audit entry before the first request; null when it could not be read.</summary>
        public long? LastEntry { get; init; }

        /// <summary>When the device first said that it never accepted the request.</summary>
        public DateTimeOffset? AbsentSince { get; init; }

        /// <summary>Look-ups made since the last request.</summary>
        public int LookUps { get; init; }

        /// <summary>Until then the Reclaim must be proven; null before it begins.</summary>
        public DateTimeOffset? ReclaimBefore { get; init; }

        /// <summary>The next act waits until then.</summary>
        public DateTimeOffset? NotBefore { get; init; }

        /// <summary>Why it was not erased.</summary>
        public string? Why { get; init; }

        /// <summary>Digest of the sealed bundle.</summary>
        public string? Bundle { get; init; }
    }

    /// <summary>W4: a released device on its way back.</summary>
    /// <param name="ResourceId">ARM id of the resource that is being deleted.</param>
    /// <param name="AllocationId">Allocation that ends.</param>
    /// <param name="Customer">Whose it was.</param>
    /// <param name="NotBefore">The next try waits until then.</param>
    public sealed record Deletion(string ResourceId, string? AllocationId, string Customer, DateTimeOffset? NotBefore = null) : OperationProgress;
}
