using System.Text.Json.Serialization;

namespace PaymentHsm.Domain.WorkOrders;

/// <summary>What is particular to a kind of work order.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(PowerCycle), "powerCycle")]
[JsonDerivedType(typeof(Destruction), "destruction")]
[JsonDerivedType(typeof(PartSwap), "partSwap")]
public abstract record WorkDetails
{
    private WorkDetails()
    {
    }

    /// <summary>W3. The times are those that the person at the rack recorded.</summary>
    /// <param name="OffAtLeast">How long both cords stay out.</param>
    public sealed record PowerCycle(TimeSpan OffAtLeast) : WorkDetails
    {
        public SupplyTimes Psu1 { get; init; } = new(null, null);

        public SupplyTimes Psu2 { get; init; } = new(null, null);

        /// <summary>Since when both are out; null while one is in or was never out.</summary>
        public DateTimeOffset? BothOffAt => (Psu1.OffAt, Psu2.OffAt) is ({ } a, { } b) ? (a > b ? a : b) : null;

        /// <summary>When the first cord may go back; null while one was never out.</summary>
        public DateTimeOffset? BackFrom => BothOffAt + OffAtLeast;

        /// <summary>The times of one supply.</summary>
        public SupplyTimes Of(Supply supply) => supply == Supply.Psu1 ? Psu1 : Psu2;

        internal PowerCycle With(Supply supply, SupplyTimes times) => supply == Supply.Psu1 ? this with { Psu1 = times } : this with { Psu2 = times };
    }

    /// <summary>W6.</summary>
    /// <param name="DiskSerial">Serial of the disk that belongs to the HSM, as ordered.</param>
    /// <param name="Runbook">Version of the runbook that the order is pinned to.</param>
    public sealed record Destruction(string DiskSerial, string Runbook) : WorkDetails
    {
        /// <summary>Number of the seal on the bag after removal.</summary>
        public string? Seal { get; init; }

        /// <summary>The site's record of physical access: key or badge number.</summary>
        public string? AccessRecord { get; init; }

        public DateTimeOffset? RemovedAt { get; init; }

        public PartDestroyed? Disk { get; init; }

        public PartDestroyed? Hsm { get; init; }

        /// <summary>The engineer who certified.</summary>
        public string? CertifiedBy { get; init; }

        public DateTimeOffset? CertifiedAt { get; init; }
    }

    /// <summary>W10.</summary>
    /// <param name="Part">Which part, for example <c>psu1</c>.</param>
    public sealed record PartSwap(SwapPart Part) : WorkDetails
    {
        /// <summary>Serial of the new part, as read from its label.</summary>
        public string? NewSerial { get; init; }
    }
}

/// <summary>When a cord was pulled and put back, as recorded; null: not yet.</summary>
public sealed record SupplyTimes(DateTimeOffset? OffAt, DateTimeOffset? OnAt);

/// <summary>A power supply of a device: supply 1 hangs on feed A, supply 2 on feed B.</summary>
public enum Supply
{
    /// <summary>Left, feed A.</summary>
    Psu1,

    /// <summary>Right, feed B.</summary>
    Psu2,
}

/// <summary>Parts that are replaced without any consequence for the customer (R47).</summary>
public enum SwapPart
{
    Psu1,
    Psu2,
    Fan1,
    Fan2,
}

/// <summary>A data-bearing part that was destroyed (R81).</summary>
/// <param name="Serial">Serial as scanned by the executor.</param>
/// <param name="Method">Approved method.</param>
/// <param name="PhotoHash">SHA-256 of the photograph, 64 lower-case hex digits.</param>
/// <param name="Bin">Id of the destruction bin.</param>
/// <param name="Executor">Who did it.</param>
/// <param name="At">When.</param>
/// <param name="Witness">Who saw it; null until signed.</param>
/// <param name="WitnessedAt">When that was signed.</param>
public sealed record PartDestroyed(string Serial, string Method, string PhotoHash, string Bin, string Executor, DateTimeOffset At, string? Witness, DateTimeOffset? WitnessedAt);
