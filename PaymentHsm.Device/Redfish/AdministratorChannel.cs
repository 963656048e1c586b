using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>The administrator's acts. Each spends a <see cref="LogicalAccess"/> before the first byte, and leaves no session open (R26, R31).</summary>
internal sealed class AdministratorChannel(DeviceChannel channel)
{
    public async Task<HandOverResult> HandOverAsync(LogicalAccess access, Guid operation, string allocation, CancellationToken cancellationToken)
    {
        access.Spend(channel.Entry.Device.Serial, channel.Now);
        IOobCredentials session;
        try
        {
            session = await channel.Sessions.LoginAsync(channel.Entry.Oob.Administrator, cancellationToken).ConfigureAwait(false);
        }
        catch (RedfishException failure) when (failure.Fault == LinkFault.AuthFailed)
        {
            return new HandOverResult(false, $"The administrator login was refused. {failure.Message}");
        }

        try
        {
            return await PostAsync(session, operation, allocation, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await channel.Sessions.LogOutAsync(session).ConfigureAwait(false);
        }
    }

    public async Task<AdministratorLogin> TryLoginAsync(LogicalAccess access, CancellationToken cancellationToken)
    {
        access.Spend(channel.Entry.Device.Serial, channel.Now);
        try
        {
            var session = await channel.Sessions.LoginAsync(channel.Entry.Oob.Administrator, cancellationToken).ConfigureAwait(false);
            await channel.Sessions.LogOutAsync(session).ConfigureAwait(false);
            return new AdministratorLogin(AdministratorLoginOutcome.LetIn, channel.Now, "The administrator was let in and logged out again.");
        }
        catch (RedfishException failure)
        {
            // Only the login's own "no" proves a closed door; a 401 or 403 on any other resource proves nothing.
            return failure is LoginRefusedException
                ? new AdministratorLogin(AdministratorLoginOutcome.Refused, channel.Now, $"The administrator login was refused. {failure.Message}")
                : new AdministratorLogin(AdministratorLoginOutcome.NotTried, channel.Now, failure.Message);
        }
    }

    private async Task<HandOverResult> PostAsync(IOobCredentials session, Guid operation, string allocation, CancellationToken cancellationToken)
    {
        var place = (await channel.MapAsync(cancellationToken).ConfigureAwait(false)).System;
        var found = await channel.Wire.ExchangeAsync(new RedfishRequest(HttpMethod.Get, place, channel.Wire.Limits.Headers), session, cancellationToken).ConfigureAwait(false);
        var system = RedfishAnswers.Document(found, place);
        channel.Sessions.CheckSerial(system);
        var target = system.At("Actions").At("Oem", "#PaymentHsm.HandOver", "target").Text
            ?? throw new RedfishException(LinkFault.Unsupported, "The controller offers no hand-over.");
        var body = RequestBody.Of(new HandOverBody(operation, allocation));
        var uri = channel.Origin.Resolve(target);
        var answer = await channel.Wire.ExchangeAsync(new RedfishRequest(HttpMethod.Post, uri, channel.Wire.Limits.Action, body), session, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { IsSuccess: true, BodyProblem: null } => new HandOverResult(true, $"Accepted ({answer.Status})."),
            { IsSuccess: true } => throw new RedfishException(LinkFault.NoAnswer, $"The hand-over was answered {answer.Status} with {answer.BodyProblem}; its effect is unknown."),
            { Status: >= 400 and < 500 and not 429 } => new HandOverResult(false, $"Refused ({answer.InWords})."),
            _ => throw RedfishAnswers.Fault(answer, uri),
        };
    }
}
