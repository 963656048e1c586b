using PaymentHsm.Domain;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Files every document unless it was told to refuse.</summary>
internal sealed class TestTicketFiling : ITicketFiling
{
    public List<FileDocument> Filed { get; } = [];

    public Refusal? Refuses { get; set; }

    public long MaxBytes => 1000;

    public IReadOnlyList<string> Endings => ["pdf", "txt"];

    public Task<Outcome<TicketDocument>> FileAsync(Actor actor, string number, FileDocument request, CancellationToken cancellationToken)
    {
        if (Refuses is not null)
        {
            return Task.FromResult<Outcome<TicketDocument>>(Refuses);
        }

        Filed.Add(request);
        var now = PaymentHsm.Tests.TestTiles.Now;
        return Task.FromResult<Outcome<TicketDocument>>(new TicketDocument("D-1", number, new string('a', 64), request.FileName!, "application/pdf", 3, request.Sender!, now, request.Channel!, SenderVerification.CallBack, actor.Id, now));
    }

    public Task<IReadOnlyList<TicketDocument>?> ListAsync(string number, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TicketDocument>?>([]);

    public Task<Outcome<OpenDocument>> ReadAsync(Actor actor, string number, string document, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<OpenDocument>>(new Refusal("R59", RefusalKind.NotFound, "There is none."));
}
