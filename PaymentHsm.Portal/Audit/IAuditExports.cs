using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Audit;

/// <summary>Exports the log by filter, oldest first, with a signed checkpoint at the end (R84).</summary>
public interface IAuditExports
{
    /// <summary>Writes the export. That it was made is logged before its first byte, so the export's own entry is in it when the filter allows.</summary>
    Task WriteAsync(Actor actor, AuditFilter filter, AuditExportForm form, Stream output, CancellationToken cancellationToken);
}
