using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Opens every ticket unless it was told to refuse.</summary>
internal sealed class TestTicketDesk : ITicketDesk
{
    public List<OpenTicket> Opened { get; } = [];

    public Refusal? Refuses { get; set; }

    public TicketDetail? Detail { get; set; }

    public Task<TicketPage> PageAsync(TicketFilter filter, CancellationToken cancellationToken) => Task.FromResult(new TicketPage(0, []));

    public Task<TicketDetail?> FindAsync(string number, CancellationToken cancellationToken) => Task.FromResult(Detail?.Ticket.Number == number ? Detail : null);

    public Task<Outcome<Ticket>> OpenAsync(Actor actor, OpenTicket request, CancellationToken cancellationToken)
    {
        if (Refuses is not null)
        {
            return Task.FromResult<Outcome<Ticket>>(Refuses);
        }

        Opened.Add(request);
        return Task.FromResult<Outcome<Ticket>>(new Ticket(
            "T-10500", request.Subject!, HsmSerial.Parse(request.Serial!), request.Customer, Enum.Parse<TicketCategory>(request.Category!), Enum.Parse<Severity>(request.Severity!),
            request.Description, TicketState.Open, actor.Id, PaymentHsm.Tests.TestTiles.Now, actor.Id, 1));
    }

    public Task<Outcome<TicketNote>> CommentAsync(Actor actor, string number, string text, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<TicketNote>>(Refuses is not null ? Refuses : new TicketNote(actor.Id, PaymentHsm.Tests.TestTiles.Now, text, null));

    public Task<Outcome<Ticket>> MoveAsync(Actor actor, string number, TicketState state, long revision, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<Ticket>>(Refuses is not null ? Refuses : Detail!.Ticket with { State = state });
}
