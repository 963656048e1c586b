using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Fleet;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Everything that was said and done on a ticket, in one list.</summary>
internal static class TicketRecord
{
    /// <summary>Newest first: the first message, the notes, and each operation with its end (the portal's own note about it says the same).</summary>
    public static IReadOnlyList<TimelineItem> Of(TicketDetail detail)
    {
        var ticket = detail.Ticket;
        var opened = new TimelineItem(ticket.OpenedAt, "ticket", ticket.OpenedBy, ticket.Description ?? "Opened the ticket without a message.", null);
        var notes = detail.Notes.Where(n => n.Operation is null).Select(n => new TimelineItem(n.At, "person", n.Author, n.Text, null));
        var filed = detail.Documents.Select(d => new TimelineItem(d.UploadedAt, "doc", d.UploadedBy, $"Filed {d.FileName} ({d.Id}) from {d.Sender}. {TicketWords.Word(d.Verification)}.", null));
        var asked = detail.Operations.Select(o => new TimelineItem(
            o.RequestedAt, "operation", o.RequestedBy, $"Asked for a {o.Kind.Spaced().ToLowerInvariant()} ({o.ShortName}). Reason: {o.Reason}", $"/operations/{o.Id}"));
        var ended = detail.Operations.Where(o => o is { FinishedAt: not null, Outcome: not null }).Select(o => new TimelineItem(
            o.FinishedAt!.Value, o.Outcome!.Value.Shape(), "Portal", $"{o.Kind.Spaced()} {o.ShortName}: {o.Outcome.Value.Word().ToLowerInvariant()}. {o.OutcomeDetail}", $"/operations/{o.Id}"));
        return [.. notes.Concat(filed).Concat(asked).Concat(ended).Append(opened).OrderByDescending(i => i.At)];
    }
}
