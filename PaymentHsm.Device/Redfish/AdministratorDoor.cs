using PaymentHsm.Device.Enrolment;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>
/// The only way to an administrator's session. It spends a <see cref="LogicalAccess"/> before the first byte, tries the credentials that are known for the
/// account, and leaves no session open (R26, R31).
/// </summary>
internal sealed class AdministratorDoor(DeviceChannel channel, IAdministratorVault vault)
{
    public IAdministratorVault Vault => vault;

    /// <summary>Runs an act as the administrator, and logs out.</summary>
    /// <exception cref="LoginRefusedException">Every known credential was refused.</exception>
    /// <exception cref="RedfishException">The login could not be tried to its end, or the act failed.</exception>
    public async Task<T> InsideAsync<T>(LogicalAccess access, Func<AdministratorSession, Task<T>> act, CancellationToken stop)
    {
        access.Spend(channel.Entry.Device.Serial, channel.Now);
        var session = await OpenAsync(stop).ConfigureAwait(false);
        try
        {
            return await act(session).ConfigureAwait(false);
        }
        finally
        {
            await channel.Sessions.LogOutAsync(session.Credentials).ConfigureAwait(false);
        }
    }

    /// <summary>A login with one secret, to see whether it is let in; logged out at once.</summary>
    public async Task KnockAsync(string secret, CancellationToken stop) =>
        await channel.Sessions.LogOutAsync(await LoginAsync(secret, stop).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task<AdministratorSession> OpenAsync(CancellationToken stop)
    {
        var kept = await vault.FindAsync(channel.Entry.Device.Serial, stop).ConfigureAwait(false);

        // A proposal that a crash left behind is the newest that the device can have; after a release it has the one it was delivered with again.
        LoginRefusedException? refused = null;
        foreach (var secret in new[] { kept?.Proposed, kept?.Confirmed, channel.Entry.Oob.Administrator.Password }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            try
            {
                return new AdministratorSession(await LoginAsync(secret, stop).ConfigureAwait(false), secret == kept?.Proposed, kept is not null);
            }
            catch (LoginRefusedException no)
            {
                refused = no;
            }
        }

        throw refused!;
    }

    private Task<IOobCredentials> LoginAsync(string secret, CancellationToken stop) =>
        channel.Sessions.LoginAsync(new AccountCredential(channel.Entry.Oob.Administrator.UserName, secret), stop);
}

/// <summary>An open administrator session.</summary>
/// <param name="Credentials">What proves it to the service.</param>
/// <param name="WithProposed">True when the vault's proposed secret opened it.</param>
/// <param name="HasEntry">True when the vault keeps anything for the device.</param>
internal sealed record AdministratorSession(IOobCredentials Credentials, bool WithProposed, bool HasEntry);
