using System.Text.Json.Serialization;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Operations;

/// <summary>What a procedure has to remember across a crash; one case per kind of operation.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Restart), "restart")]
[JsonDerivedType(typeof(HandOver), "handOver")]
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

    /// <summary>W5: a force delete.</summary>
    /// <param name="ResourceId">ARM id of the resource that is deleted.</param>
    /// <param name="AllocationId">The allocation that ends; the device refuses to erase any other.</param>
    /// <param name="Customer">Whose it was.</param>
    public sealed record Reclaim(string ResourceId, string AllocationId, string Customer) : OperationProgress
    {
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
