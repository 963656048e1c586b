using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Opens every ticket and does every move unless it was told to refuse.</summary>
internal sealed class TestTicketDesk : ITicketDesk
{
    private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<OpenTicket> Opened { get; } = [];

    public List<string> Done { get; } = [];

    public Refusal? Refuses { get; set; }

    public TicketDetail? Detail { get; set; }

    public TicketPage Page { get; set; } = new(0, []);

    public TicketFilter? Asked { get; private set; }

    public SeverityJudgement? Judgement { get; set; }

    /// <summary>Another user changes the ticket.</summary>
    public void Change(TicketDetail detail)
    {
        Detail = detail;
        _changed.TrySetResult();
    }

    public Task<TicketPage> PageAsync(TicketFilter filter, CancellationToken cancellationToken)
    {
        Asked = filter;
        return Task.FromResult(Page);
    }

    public Task<TicketDetail?> FindAsync(string number, CancellationToken cancellationToken) => Task.FromResult(Detail?.Ticket.Number == number ? Detail : null);

    public SeverityJudgement? Judge(string? serial, Severity asked) => Judgement;

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

    public async Task<Outcome<OpenedTicket>> OpenOnceAsync(Actor actor, OpenTicket request, CancellationToken cancellationToken) => await OpenAsync(actor, request, cancellationToken) switch
    {
        Outcome<Ticket>.Done(var ticket) => new OpenedTicket(ticket, true, Judgement),
        Outcome<Ticket>.Refused(var why) => why,
        _ => throw new InvalidOperationException(),
    };

    public Task<Outcome<TicketNote>> CommentAsync(Actor actor, string number, string text, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<TicketNote>>(Refuses is not null ? Refuses : new TicketNote(actor.Id, PaymentHsm.Tests.TestTiles.Now, text, null));

    public Task<Outcome<Ticket>> MoveAsync(Actor actor, string number, TicketState state, long revision, CancellationToken cancellationToken) =>
        DoAsync($"move {state}", t => t with { State = state });

    public Task<Outcome<Ticket>> CloseAsync(Actor actor, string number, TicketClosing closing, string? reason, long revision, CancellationToken cancellationToken) =>
        DoAsync($"close {closing}: {reason}", t => t with { State = TicketState.Closed, Closing = closing, CloseReason = reason });

    public Task<Outcome<Ticket>> AssignAsync(Actor actor, string number, string? owner, long revision, CancellationToken cancellationToken) =>
        DoAsync($"assign {owner}", t => t with { Owner = owner });

    public Task<Outcome<Ticket>> ReclassifyAsync(Actor actor, string number, TicketCategory category, long revision, CancellationToken cancellationToken) =>
        DoAsync($"reclassify {category}", t => t with { Category = category });

    public Task<Outcome<Ticket>> EscalateAsync(Actor actor, string number, string? reason, CancellationToken cancellationToken) => DoAsync($"escalate: {reason}", t => t);

    public async IAsyncEnumerable<bool> FollowAsync(string number, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _changed.Task.WaitAsync(cancellationToken);
        yield return true;
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private Task<Outcome<Ticket>> DoAsync(string what, Func<Ticket, Ticket> change)
    {
        if (Refuses is not null)
        {
            return Task.FromResult<Outcome<Ticket>>(Refuses);
        }

        Done.Add(what);
        Detail = Detail! with { Ticket = change(Detail.Ticket) };
        return Task.FromResult<Outcome<Ticket>>(Detail.Ticket);
    }
}
