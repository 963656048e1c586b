using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Fleet;

namespace PaymentHsm.Portal.Tickets;

/// <summary>The ways out of an unresponsive device, mildest first (R54): what was tried, what came of it, what is open now.</summary>
public partial class TicketLadder
{
    private static readonly (OperationKind Kind, string Offer)[] Order =
    [
        (OperationKind.SoftReboot, "soft-reboot"), (OperationKind.HardReboot, "hard-reboot"), (OperationKind.ForceDelete, "force-delete"),
        (OperationKind.ReclaimAgain, "reclaim-again"), (OperationKind.Destruction, "destruction"),
    ];

    [Parameter, EditorRequired]
    public required IReadOnlyList<Operation> Operations { get; set; }

    /// <summary>What the viewer may do with the device now.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ActionOffer> Offers { get; set; }

    [Parameter, EditorRequired]
    public required string Number { get; set; }

    // A second erasure is no rung of its own but for a device that it may be asked for.
    private IEnumerable<Rung> Rungs => Order.Where(r => r.Kind != OperationKind.ReclaimAgain || Closed(r.Offer) is null || Operations.Any(o => o.Kind == r.Kind)).Select((rung, at) => new Rung(
        rung.Kind,
        $"{at + 1}. {rung.Kind.Spaced()}",
        Operations.Where(o => o.Kind == rung.Kind).MaxBy(o => o.RequestedAt),
        Closed(rung.Offer),
        Operations.Any(o => o.Kind == rung.Kind && o.State != OperationState.Finished)));

    // A rung that the desk does not speak of at all is closed by the order of the ladder.
    private Refusal? Closed(string offer) => Offers.FirstOrDefault(o => o.Key == offer) is { } known
        ? known.Closed
        : new Refusal("R54", RefusalKind.NotInThisState, "Opens when the rung before has ended and the failure is recorded.");

    private sealed record Rung(OperationKind Kind, string Title, Operation? Last, Refusal? Closed, bool IsNow);
}
