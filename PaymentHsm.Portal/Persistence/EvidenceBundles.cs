using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <inheritdoc cref="IEvidenceBundles"/>
internal sealed class EvidenceBundles(IPortalDbs dbs, Ledger ledger, IEvidenceSigner signer, TimeProvider clock) : IEvidenceBundles
{
    public async Task<EvidenceBundle> SealAsync(EvidenceDraft draft, CancellationToken cancellationToken)
    {
        var (content, digest) = Encoded(draft);
        try
        {
            return await ledger.WriteAsync<EvidenceBundle>(
                db => AddAsync(db, draft, content, digest, cancellationToken),
                cancellationToken);
        }
        catch (DbUpdateException e) when (Guard.Held(e))
        {
            // Another process sealed the same draft at this moment; its bundle is as good.
            return await FindAsync(digest, cancellationToken) ?? throw new InvalidOperationException($"The store refused bundle {digest} and does not have it.", e);
        }
    }

    /// <summary>Seals inside the caller's transaction of <see cref="Ledger.WriteAsync"/>: what is proven and its proof become durable together. The caller logs the notes.</summary>
    public Task<(EvidenceBundle Bundle, IReadOnlyList<AuditNote> Notes)> AddAsync(PortalDb db, EvidenceDraft draft, CancellationToken cancellationToken)
    {
        var (content, digest) = Encoded(draft);
        return AddAsync(db, draft, content, digest, cancellationToken);
    }

    public async Task<EvidenceBundle?> FindAsync(string digest, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return (await db.Evidence.AsNoTracking().FirstOrDefaultAsync(e => e.Digest == digest, cancellationToken))?.ToBundle();
    }

    public async Task<EvidencePage> PageAsync(EvidenceFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = db.Evidence.AsNoTracking()
            .Where(e => (filter.Serial == null || e.Serial == filter.Serial) && (filter.Ticket == null || e.Ticket == filter.Ticket) && (filter.Kind == null || e.Kind == filter.Kind));
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(e => e.At).ThenBy(e => e.Digest).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancellationToken);
        return new EvidencePage(total, [.. page.Select(e => e.ToBundle())]);
    }

    private static (byte[] Content, string Digest) Encoded(EvidenceDraft draft)
    {
        var content = EvidenceContent.Encode(draft);
        return (content, EvidenceContent.DigestOf(content));
    }

    private async Task<(EvidenceBundle Bundle, IReadOnlyList<AuditNote> Notes)> AddAsync(PortalDb db, EvidenceDraft draft, byte[] content, string digest, CancellationToken cancellationToken)
    {
        if (await db.Evidence.AsNoTracking().FirstOrDefaultAsync(e => e.Digest == digest, cancellationToken) is { } there)
        {
            return (there.ToBundle(), []);
        }

        var bundle = new EvidenceBundle(
            digest, draft.Kind, draft.Serial, draft.Ticket, draft.Operation, clock.GetUtcNow(), content, Convert.ToBase64String(signer.Sign(content)), signer.KeyId, signer.PublicKey);
        db.Evidence.Add(EvidenceRow.Of(bundle));
        var facts = new Dictionary<string, string> { ["digest"] = digest, ["kind"] = draft.Kind.ToString(), ["keyId"] = signer.KeyId };
        return (bundle, [new AuditNote(Actor.Portal, "evidence.sealed", $"{draft.Kind} bundle {digest}", draft.Serial, draft.Ticket, draft.Operation, After: facts)]);
    }
}
