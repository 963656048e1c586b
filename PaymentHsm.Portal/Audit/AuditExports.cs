using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Audit;

/// <inheritdoc cref="IAuditExports"/>
internal sealed class AuditExports(IPortalDbs dbs, Ledger ledger, IEvidenceSigner signer, TimeProvider clock) : IAuditExports
{
    public async Task WriteAsync(Actor actor, AuditFilter filter, AuditExportForm form, Stream output, CancellationToken cancellationToken)
    {
        var named = Named(filter);
        var words = named.Count == 0 ? "the whole log" : string.Join(", ", named.Select(f => $"{f.Key} {f.Value}"));
        await ledger.NoteAsync(new AuditNote(actor, "audit.exported", $"{form} of {words}", Ticket: filter.Ticket), cancellationToken);
        using var export = new AuditExport(form);
        await output.WriteAsync(export.Head(named, clock.GetUtcNow(), actor.Id), cancellationToken);
        await using var db = dbs.Open();

        // What is written after this moment is not in the file; the checkpoint says where the log ended.
        var newest = await db.Audit.AsNoTracking().OrderByDescending(a => a.Sequence).Select(a => new AuditCheckpoint(a.Sequence, a.Hash)).FirstAsync(cancellationToken);
        var rows = AuditTrail.Matching(db, filter).Where(a => a.Sequence <= newest.Sequence).OrderBy(a => a.Sequence);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await output.WriteAsync(export.Line(row.ToLink()), cancellationToken);
        }

        await output.WriteAsync(export.Tail(newest, signer), cancellationToken);
    }

    private static Dictionary<string, string> Named(AuditFilter filter)
    {
        var all = new Dictionary<string, string?> { ["text"] = filter.Text, ["serial"] = filter.Serial, ["ticket"] = filter.Ticket, ["correlation"] = filter.Correlation?.ToString() };
        return all.Where(f => !string.IsNullOrWhiteSpace(f.Value)).ToDictionary(f => f.Key, f => f.Value!, StringComparer.Ordinal);
    }
}
