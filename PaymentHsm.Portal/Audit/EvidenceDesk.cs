using System.Collections.Concurrent;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Audit;

/// <inheritdoc cref="IEvidenceDesk"/>
internal sealed class EvidenceDesk(IEvidenceBundles bundles, IEvidenceSigner signer, Ledger ledger, TimeProvider clock) : IEvidenceDesk
{
    private static readonly TimeSpan OneReading = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Actor, string Digest), DateTimeOffset> _read = new();

    public Task<EvidencePage> PageAsync(EvidenceFilter filter, CancellationToken cancellationToken) => bundles.PageAsync(filter, cancellationToken);

    public async Task<OpenedEvidence?> OpenAsync(Actor actor, string digest, CancellationToken cancellationToken)
    {
        if (await bundles.FindAsync(digest, cancellationToken) is not { } bundle)
        {
            return null;
        }

        if (IsNew(actor, digest))
        {
            await NoteAsync(actor, "evidence.read", bundle, cancellationToken);
        }

        return EvidenceFile.Verify(EvidenceFile.Write(bundle)) switch
        {
            EvidenceVerdict.Genuine genuine => new OpenedEvidence(bundle, genuine.Content, null, genuine.KeyId == signer.KeyId),
            EvidenceVerdict.Broken broken => new OpenedEvidence(bundle, null, broken.Why, bundle.KeyId == signer.KeyId),
            _ => throw new InvalidOperationException("A verdict is either genuine or broken."),
        };
    }

    public async Task<byte[]?> DownloadAsync(Actor actor, string digest, CancellationToken cancellationToken)
    {
        if (await bundles.FindAsync(digest, cancellationToken) is not { } bundle)
        {
            return null;
        }

        await NoteAsync(actor, "evidence.downloaded", bundle, cancellationToken);
        return EvidenceFile.Write(bundle);
    }

    private Task NoteAsync(Actor actor, string action, EvidenceBundle bundle, CancellationToken cancellationToken) =>
        ledger.NoteAsync(new AuditNote(actor, action, $"{bundle.Kind} bundle {bundle.Digest}", bundle.Serial, bundle.Ticket, bundle.Operation), cancellationToken);

    private bool IsNew(Actor actor, string digest)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, at) in _read)
        {
            if (now - at >= OneReading)
            {
                _read.TryRemove(key, out _);
            }
        }

        return _read.TryAdd((actor.Id, digest), now);
    }
}
