using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Redaction;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <summary>
/// The only way to change what is stored: the change and its audit entries become durable together or not at all (R84). Writers of this process
/// take turns, so that the chain has no forks; the key of the log stops a second process.
/// </summary>
internal sealed class Ledger(IPortalDbs dbs, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>
    /// Runs <paramref name="change"/> on a fresh context and stores what it did. It returns the result and the notes to log; it may run only once,
    /// and what it read may be relied on until it returns.
    /// </summary>
    /// <exception cref="DbUpdateException">A guard was broken: somebody else changed a row first, or a unique rule stands against it.</exception>
    public async Task<T> WriteAsync<T>(Func<PortalDb, Task<(T Result, IReadOnlyList<AuditNote> Notes)>> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var db = dbs.Open();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var (result, notes) = await change(db);
            await AppendAsync(db, notes, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Logs what changed nothing else: refusals, reads of evidence.</summary>
    public Task NoteAsync(AuditNote note, CancellationToken cancellationToken) =>
        WriteAsync(_ => Task.FromResult((true, (IReadOnlyList<AuditNote>)[note])), cancellationToken);

    /// <summary>
    /// Takes key and card data out of what a person typed (R39), before any rule, row or log sees it; that something was taken is logged, not what.
    /// </summary>
    /// <param name="actor">Who typed it.</param>
    /// <param name="place">Where, such as <c>the comment of a signature</c>.</param>
    /// <param name="serial">The device that it is about, if it is known.</param>
    /// <param name="ticket">The ticket that it is about, if there is one.</param>
    /// <param name="texts">As typed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FreeText> CleanAsync(Actor actor, string place, HsmSerial? serial, string? ticket, IReadOnlyList<string?> texts, CancellationToken cancellationToken)
    {
        var words = FreeText.Clean(actor, place, serial, ticket, texts);
        if (words.Note is { } note)
        {
            await NoteAsync(note, cancellationToken);
        }

        return words;
    }

    public void Dispose() => _turn.Dispose();

    private async Task AppendAsync(PortalDb db, IReadOnlyList<AuditNote> notes, CancellationToken cancellationToken)
    {
        if (notes.Count == 0)
        {
            return;
        }

        var last = await db.Audit.OrderByDescending(a => a.Sequence).Select(a => new { a.Sequence, a.Hash }).FirstOrDefaultAsync(cancellationToken);
        var (sequence, hash) = (last?.Sequence ?? 0, last?.Hash ?? AuditChain.Genesis);
        var now = clock.GetUtcNow();
        foreach (var note in notes)
        {
            var link = AuditChain.Append(hash, note.AsEntry(++sequence, now));
            db.Audit.Add(AuditRow.Of(link));
            hash = link.Hash;
        }
    }
}
