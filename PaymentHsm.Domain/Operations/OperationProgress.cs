using System.Text.Json.Serialization;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Operations;

/// <summary>What a procedure has to remember across a crash; one case per kind of operation.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Restart), "restart")]
[JsonDerivedType(typeof(HandOver), "handOver")]
public abstract record OperationProgress
{
    private OperationProgress()
    {
    }

    /// <summary>Nothing to remember.</summary>
    public sealed record None : OperationProgress;

    /// <summary>A soft reboot.</summary>
    /// <param name="Marks">Where the device stood before.</param>
    /// <param name="Sends">Sends intended so far; stored before each.</param>
    /// <param name="Sent">Result of the last send; null while its result is not known.</param>
    /// <param name="AbsentSince">When a look-up first found no trace of a send whose result was lost.</param>
    public sealed record Restart(RestartMarks? Marks, int Sends, RestartSent? Sent, DateTimeOffset? AbsentSince) : OperationProgress;

    /// <summary>A hand-over to a customer.</summary>
    /// <param name="Allocation">Allocation id that the device is given.</param>
    /// <param name="Customer">The customer's name.</param>
    /// <param name="Resource">Name of the customer's resource.</param>
    /// <param name="Fence">Fence token of the reservation.</param>
    public sealed record HandOver(string Allocation, string Customer, string Resource, long Fence) : OperationProgress;
}
