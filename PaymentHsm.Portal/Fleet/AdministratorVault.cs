using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Fleet;

/// <inheritdoc cref="IAdministratorVault"/>
/// <remarks>A row for each device, encrypted with the portal's key ring and bound to its serial number, so that no row can be moved to another device.</remarks>
internal sealed class AdministratorVault(IPortalDbs dbs, Ledger ledger, IDataProtectionProvider protection, TimeProvider clock, ILogger<AdministratorVault> log) : IAdministratorVault
{
    private readonly IDataProtector _protector = protection.CreateProtector("PaymentHsm.AdministratorVault");

    public async Task<AdministratorSecrets?> FindAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        return await db.AdministratorSecrets.AsNoTracking().FirstOrDefaultAsync(s => s.Serial == text, cancellationToken) is { } row
            ? new AdministratorSecrets(Unprotect(serial, row.Confirmed), Unprotect(serial, row.Proposed))
            : null;
    }

    public Task ProposeAsync(HsmSerial serial, string secret, CancellationToken cancellationToken) =>
        ChangeAsync(
            serial,
            "device.credential.proposed",
            "A new administrator credential was made; the device gets it next",
            (db, row) =>
            {
                var kept = row ?? db.AdministratorSecrets.Add(new AdministratorSecretRow { Serial = serial.ToString() }).Entity;
                (kept.Proposed, kept.ChangedAt) = (ProtectorOf(serial).Protect(secret), clock.GetUtcNow());
                return true;
            },
            cancellationToken);

    public Task ConfirmAsync(HsmSerial serial, CancellationToken cancellationToken) =>
        ChangeAsync(
            serial,
            "device.credential.renewed",
            "The device let the administrator in with the new credential; the old one is destroyed",
            (_, row) =>
            {
                if (row is not { Proposed: { } proposed })
                {
                    return false;
                }

                (row.Confirmed, row.Proposed, row.ChangedAt) = (proposed, null, clock.GetUtcNow());
                return true;
            },
            cancellationToken);

    public Task ForgetAsync(HsmSerial serial, CancellationToken cancellationToken) =>
        ChangeAsync(
            serial,
            "device.credential.destroyed",
            "The administrator credential was destroyed; the device refuses it",
            (db, row) => row is not null && db.AdministratorSecrets.Remove(row) is not null,
            cancellationToken);

    private Task<bool> ChangeAsync(HsmSerial serial, string action, string detail, Func<PortalDb, AdministratorSecretRow?, bool> change, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async db =>
            {
                var text = serial.ToString();
                var changed = change(db, await db.AdministratorSecrets.FirstOrDefaultAsync(s => s.Serial == text, cancellationToken));
                return (changed, (IReadOnlyList<AuditNote>)(changed ? [new AuditNote(Actor.Portal, action, detail, serial)] : []));
            },
            cancellationToken);

    private IDataProtector ProtectorOf(HsmSerial serial) => _protector.CreateProtector(serial.ToString());

    /// <summary>The secret; null when its key is lost. The next release gives the device the credential back that it was delivered with.</summary>
    private string? Unprotect(HsmSerial serial, string? kept)
    {
        try
        {
            return kept is null ? null : ProtectorOf(serial).Unprotect(kept);
        }
        catch (CryptographicException problem)
        {
            log.SecretUnreadable(serial, problem);
            return null;
        }
    }
}
