using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.Operations;

/// <summary>Who may ask for a force delete, of which device, and with what in hand (W5 steps 1 to 3).</summary>
public static class ForceDeleteRules
{
    /// <summary>What is lost, in the words that the request, every signature and the record quote (R76).</summary>
    public const string Loss = "are lost irrevocably";

    /// <summary>Why this person may not ask for it; null when they may.</summary>
    public static Refusal? MayAsk(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role is Role.Support or Role.Engineering
            ? null
            : new("R72", RefusalKind.NotThisPerson, $"A force delete is asked for by Support or Engineering; {actor.Id} is {actor.Role}.", "Ask a support representative.");
    }

    /// <summary>Why the request is refused; null when it may go to the quorum.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="ticket">The ticket that carries it.</param>
    /// <param name="device">The device and its resource.</param>
    /// <param name="reason">Why the customer cannot release it.</param>
    /// <param name="document">The customer's documented request; null when none was named or found.</param>
    public static Refusal? Request(Actor actor, Ticket ticket, ForceDeleteStanding device, string? reason, TicketDocument? document)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(device);
        return MayAsk(actor) ?? TicketOpen(ticket) ?? Device(device) ?? Words(reason, document);
    }

    /// <summary>Why the ticket cannot carry it; null when it can.</summary>
    public static Refusal? TicketOpen(Ticket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return ticket.State == TicketState.Closed
            ? new("R53", RefusalKind.NotInThisState, $"{ticket.Number} is closed; a force delete needs an open ticket.", "Open a new ticket.")
            : null;
    }

    private static Refusal? Words(string? reason, TicketDocument? document) =>
        string.IsNullOrWhiteSpace(reason) ? new("R72", RefusalKind.BadInput, "The reason is missing.", "Say why the customer cannot release the device.")
        : reason.Length > TicketRules.MaxText ? new("R72", RefusalKind.BadInput, $"The reason has {reason.Length} characters; {TicketRules.MaxText} is the most.")
        : document is null ? new("R72", RefusalKind.BadInput, "The customer's documented request is missing.", "File it on the ticket, with sender, time, channel and how the sender was verified; then name its document id.")
        : null;

    /// <summary>Why the device cannot be force-deleted now; null when it can.</summary>
    public static Refusal? Device(ForceDeleteStanding device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Record.State != HsmState.Allocated || device.Record.Allocation is null
                ? new("R72", RefusalKind.NotInThisState, $"{device.Record.Serial} is {device.Record.State}; only a device that a customer holds is force-deleted.")
            : device.Running is { } running
                ? new("R67", RefusalKind.NotInThisState, $"{running.Kind} {running.ShortName} holds this device.", "Wait until it has ended. One operation at a time per device.")
            : device.Resource is not { } resource
                ? new("R72", RefusalKind.NotInThisState, $"No resource refers to {device.Record.Serial}; there is nothing to delete.")
            : resource.State is not (ResourceState.Succeeded or ResourceState.Failed)
                ? new("R72", RefusalKind.NotInThisState, $"{resource.Id.Name} is {resource.State}; it can be deleted from Succeeded or Failed only.", "Wait until it has settled.")
            : null;
    }

    /// <summary>R89: why no further force delete may begin in this region now; null when one may.</summary>
    /// <param name="region">Which region.</param>
    /// <param name="inTheLastHour">Force deletes and Reclaims again there in the last hour, asked for and not ended unused.</param>
    /// <param name="limit">Most in an hour.</param>
    public static Refusal? Brake(string region, int inTheLastHour, int limit) => inTheLastHour < limit
        ? null
        : new("R89", RefusalKind.NotInThisState, $"{inTheLastHour} devices in {region} were to be erased on somebody's behalf within the last hour; {limit} is the most.", "Wait, and find out why so many devices are to be erased.");

    /// <summary>
    /// What was tried on the ladder before (R54), one line per rung, for the signers. A rung that was skipped carries its own reason, or the one of the whole request.
    /// </summary>
    public static string Ladder(IEnumerable<Operation> before, string? whySkipped)
    {
        ArgumentNullException.ThrowIfNull(before);
        var tried = before.Where(o => o.State == OperationState.Finished && o.Outcome != OperationOutcome.Cancelled).ToList();
        return string.Join('\n', new[] { (OperationKind.SoftReboot, "Soft reboot"), (OperationKind.HardReboot, "Hard reboot") }.Select(rung =>
            tried.Where(o => o.Kind == rung.Item1).MaxBy(o => o.FinishedAt) is { } last
                ? $"{rung.Item2}: {last.Outcome} at {last.FinishedAt:yyyy-MM-dd HH:mm:ss}Z ({last.ShortName})"
                : whySkipped is null ? $"{rung.Item2}: not tried; the reason below says why"
                : $"{rung.Item2}: not tried, reason: {whySkipped.ReplaceLineEndings(" ")}"));
    }
}

/// <summary>What the rules need to know of a device that somebody wants to force-delete.</summary>
/// <param name="Record">The device as stored.</param>
/// <param name="Resource">The customer's resource; null when none refers to it.</param>
/// <param name="Running">The operation that holds the device; null when free.</param>
public sealed record ForceDeleteStanding(DeviceRecord Record, CustomerResource? Resource, Operation? Running);
