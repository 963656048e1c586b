using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>The administrator's acts. Each goes through the <see cref="AdministratorDoor"/>: one capability, one session, closed afterwards (R26, R31).</summary>
internal sealed class AdministratorChannel(DeviceChannel channel, AdministratorDoor door, ILogger log)
{
    public async Task<HandOverResult> HandOverAsync(LogicalAccess access, Guid operation, string allocation, CancellationToken cancellationToken)
    {
        var answer = await ActAsync(access, "HandOver", RequestBody.Of(new HandOverBody(operation, allocation)), cancellationToken).ConfigureAwait(false);
        return new HandOverResult(answer.Accepted, answer.Answer);
    }

    public Task<DeviceAnswer> RemoveCertificatesAsync(LogicalAccess access, Guid operation, CancellationToken cancellationToken) =>
        ActAsync(access, "RemoveCertificates", RequestBody.Of(new RemoveCertificatesBody(operation)), cancellationToken);

    /// <summary>Asks for the installation of an image. Nothing is followed: the proof is a later poll.</summary>
    public Task<DeviceAnswer> InstallFirmwareAsync(LogicalAccess access, Guid operation, Uri image, CancellationToken cancellationToken) =>
        RefusedAsAnswerAsync(() => door.InsideAsync(
            access,
            async session =>
            {
                var (root, system) = await channel.Sessions.ReadProvenAsync(session.Credentials, cancellationToken).ConfigureAwait(false);

                // A peer that cannot say who holds the device could not refuse the update of a customer's either.
                CommissionPart.Needed(system, "firmware update that respects custody");
                var service = channel.Origin.Resolve(root.At("UpdateService").Link ?? throw new RedfishException(LinkFault.Unsupported, "The controller has no update service."));
                var read = new RedfishRequest(HttpMethod.Get, service, channel.Wire.Limits.Headers);
                var offers = RedfishAnswers.Document(await channel.Wire.ExchangeAsync(read, session.Credentials, cancellationToken).ConfigureAwait(false), service);
                var target = offers.At("Actions", "#UpdateService.SimpleUpdate", "target").Text
                    ?? throw new RedfishException(LinkFault.Unsupported, "The controller offers no SimpleUpdate.");
                return await PostAsync(session, target, RequestBody.Of(new UpdateBody(image.ToString())), operation, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken));

    public async Task<AdministratorLogin> TryLoginAsync(LogicalAccess access, CancellationToken cancellationToken)
    {
        try
        {
            await door.InsideAsync(access, _ => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
            return new AdministratorLogin(AdministratorLoginOutcome.LetIn, channel.Now, "The administrator was let in and logged out again.");
        }
        catch (LoginRefusedException refused)
        {
            // Only the login's own "no" proves a closed door; a 401 or 403 on any other resource proves nothing.
            if (access.Purpose == LogicalAccessPurpose.NegativeTest)
            {
                await door.Vault.ForgetAsync(channel.Entry.Device.Serial, cancellationToken).ConfigureAwait(false);
                log.AdministratorCredential(channel.Entry.Device.Serial, "refused by the device that was handed over; destroyed");
            }

            return new AdministratorLogin(AdministratorLoginOutcome.Refused, channel.Now, $"The administrator login was refused. {refused.Message}");
        }
        catch (RedfishException failure)
        {
            return new AdministratorLogin(AdministratorLoginOutcome.NotTried, channel.Now, failure.Message);
        }
    }

    private Task<DeviceAnswer> ActAsync(LogicalAccess access, string action, byte[] body, CancellationToken stop) =>
        RefusedAsAnswerAsync(() => door.InsideAsync(
            access,
            async session =>
            {
                var (_, system) = await channel.Sessions.ReadProvenAsync(session.Credentials, stop).ConfigureAwait(false);
                return await PostAsync(session, CommissionPart.ActionTarget(system, action), body, null, stop).ConfigureAwait(false);
            },
            stop));

    private async Task<DeviceAnswer> PostAsync(AdministratorSession session, string target, byte[] body, Guid? operation, CancellationToken stop)
    {
        var place = channel.Origin.Resolve(target);
        var request = new RedfishRequest(HttpMethod.Post, place, channel.Wire.Limits.Action, body, operation);
        return DeviceAnswers.Of(await channel.ConnectedAsync(() => channel.Wire.ExchangeAsync(request, session.Credentials, stop), stop).ConfigureAwait(false), place);
    }

    private static async Task<DeviceAnswer> RefusedAsAnswerAsync(Func<Task<DeviceAnswer>> act)
    {
        try
        {
            return await act().ConfigureAwait(false);
        }
        catch (LoginRefusedException refused)
        {
            return new DeviceAnswer(false, $"The administrator login was refused. {refused.Message}");
        }
    }
}
