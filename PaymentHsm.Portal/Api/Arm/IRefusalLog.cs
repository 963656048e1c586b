using PaymentHsm.Domain.Audit;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>Where writes go that the API refused before any desk saw them.</summary>
internal interface IRefusalLog
{
    Task NoteAsync(AuditNote note, CancellationToken cancellationToken);
}

/// <summary>The audit log.</summary>
internal sealed class RefusalLog(Ledger ledger) : IRefusalLog
{
    public Task NoteAsync(AuditNote note, CancellationToken cancellationToken) => ledger.NoteAsync(note, cancellationToken);
}
