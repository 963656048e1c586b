using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>
/// Gives the administrator account a new random credential (R31, R78). The secret is in the vault before the device hears of it, and counts only once a
/// login with it was let in: whatever breaks in between, the next try finds the one that the device took.
/// </summary>
internal sealed class AdministratorRenewal(DeviceChannel channel, AdministratorDoor door, ILogger log)
{
    private const int Length = 40;
    private const int MostAccounts = 64;
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_.";

    private HsmSerial Serial => channel.Entry.Device.Serial;

    public async Task<AdministratorLogin> RunAsync(LogicalAccess access, CancellationToken stop)
    {
        try
        {
            var secret = await door.InsideAsync(access, session => ChangeAsync(session, stop), stop).ConfigureAwait(false);
            if (secret is not null && !await IsLetInAsync(secret, stop).ConfigureAwait(false))
            {
                return new AdministratorLogin(AdministratorLoginOutcome.NotTried, channel.Now, "The device did not take the new credential; the old one stays. Try again.");
            }

            await door.Vault.ConfirmAsync(Serial, stop).ConfigureAwait(false);
            log.AdministratorCredential(Serial, "renewed and let in");
            return new AdministratorLogin(AdministratorLoginOutcome.LetIn, channel.Now, "The administrator was let in with a new credential and logged out again.");
        }
        catch (LoginRefusedException refused)
        {
            return new AdministratorLogin(AdministratorLoginOutcome.Refused, channel.Now, $"The administrator login was refused. {refused.Message}");
        }
        catch (RedfishException failure)
        {
            return new AdministratorLogin(AdministratorLoginOutcome.NotTried, channel.Now, failure.Message);
        }
    }

    private async Task<bool> IsLetInAsync(string secret, CancellationToken stop)
    {
        try
        {
            await door.KnockAsync(secret, stop).ConfigureAwait(false);
            return true;
        }
        catch (LoginRefusedException)
        {
            return false;
        }
    }

    /// <summary>Changes the password; null when an earlier try, cut off before its proof, had changed it already and its secret opened this session.</summary>
    private async Task<string?> ChangeAsync(AdministratorSession session, CancellationToken stop)
    {
        var (root, system) = await channel.Sessions.ReadProvenAsync(session.Credentials, stop).ConfigureAwait(false);
        CommissionPart.Needed(system, "administrator access that custody rules over");
        if (session.WithProposed)
        {
            return null;
        }

        var secret = RandomNumberGenerator.GetString(Alphabet, Length);
        var account = await FindAccountAsync(root, session, stop).ConfigureAwait(false);
        await door.Vault.ProposeAsync(Serial, secret, stop).ConfigureAwait(false);
        for (var again = false; ; again = true)
        {
            RedfishAnswer answer;
            try
            {
                var tag = (await ReadAsync(account, session, stop).ConfigureAwait(false)).ETag;
                var request = new RedfishRequest(HttpMethod.Patch, account, channel.Wire.Limits.Session, RequestBody.Of(new PasswordBody(secret)), IfMatch: tag);
                answer = await channel.Wire.ExchangeAsync(request, session.Credentials, stop).ConfigureAwait(false);
            }
            catch (RedfishException failure) when (failure.Fault is LinkFault.NoAnswer or LinkFault.Protocol && failure.Status is null)
            {
                // Whether it was taken, the login with it tells.
                return secret;
            }

            if (answer.IsSuccess || answer.Status >= 500)
            {
                return secret;
            }

            if (answer.Status != 412 || again)
            {
                throw new RedfishException(LinkFault.Protocol, $"The new credential was refused ({answer.InWords}); the old one stays.") { Status = answer.Status };
            }
        }
    }

    /// <summary>The account by its user name, found by following links.</summary>
    private async Task<Uri> FindAccountAsync(JsonView root, AdministratorSession session, CancellationToken stop)
    {
        var service = await ReadLinkAsync(root.At("AccountService").Link, session, stop).ConfigureAwait(false);
        var accounts = await ReadLinkAsync(service.At("Accounts").Link, session, stop).ConfigureAwait(false);
        foreach (var link in accounts.At("Members").Items.Select(member => member.Link).OfType<string>().Take(MostAccounts))
        {
            var place = channel.Origin.Resolve(link);
            if ((await ReadAsync(place, session, stop).ConfigureAwait(false)).Body.At("UserName").Text == channel.Entry.Oob.Administrator.UserName)
            {
                return place;
            }
        }

        throw new RedfishException(LinkFault.Unsupported, "The controller does not show the administrator's account.");
    }

    private async Task<JsonView> ReadLinkAsync(string? link, AdministratorSession session, CancellationToken stop) =>
        (await ReadAsync(channel.Origin.Resolve(link ?? throw new RedfishException(LinkFault.Unsupported, "The controller has no account service.")), session, stop).ConfigureAwait(false)).Body;

    private async Task<RedfishAnswer> ReadAsync(Uri place, AdministratorSession session, CancellationToken stop)
    {
        var answer = await channel.Wire.ExchangeAsync(new RedfishRequest(HttpMethod.Get, place, channel.Wire.Limits.Headers), session.Credentials, stop).ConfigureAwait(false);
        RedfishAnswers.Document(answer, place);
        return answer;
    }
}
