using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Sends one graceful restart and says how far it got (R62, R68). It is sent again only while no byte of the request was written.</summary>
internal sealed class RestartSender(DeviceChannel channel, ILogger log)
{
    private const string Graceful = "GracefulRestart";

    public async Task<RestartSent> SendAsync(Guid operation, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (delivery, answer, mayRepeat) = await TryAsync(operation, cancellationToken).ConfigureAwait(false);
            if (!mayRepeat || attempt == RetryRule.MostConnects)
            {
                log.RestartSent(channel.Entry.Device.Serial, operation, delivery, attempt, answer);
                return new RestartSent(delivery, channel.Now, answer, attempt);
            }

            await Task.Delay(RetryRule.ConnectWait(attempt, Random.Shared.NextDouble()), channel.Wire.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(RestartDelivery Delivery, string Answer, bool MayRepeat)> TryAsync(Guid operation, CancellationToken cancellationToken)
    {
        RedfishRequest request;
        try
        {
            if (await PrepareAsync(operation, cancellationToken).ConfigureAwait(false) is not { } ready)
            {
                return (RestartDelivery.Refused, $"Not sent: the controller does not offer {Graceful}.", false);
            }

            request = ready;
        }
        catch (RedfishException failure)
        {
            return (RestartDelivery.NotSent, $"The restart request was not sent. {failure.Message}", failure.Fault == LinkFault.Unreachable);
        }

        try
        {
            return Judge(await channel.SendAsync(OobRole.Operator, request, cancellationToken).ConfigureAwait(false));
        }
        catch (RedfishException failure)
        {
            return failure switch
            {
                { Status: 401 } => (RestartDelivery.Refused, $"The controller refused the operator's credentials. {failure.Message}", false),
                { Fault: LinkFault.NoAnswer or LinkFault.Protocol } => (RestartDelivery.Unknown, $"The request was written; its effect is unknown. {failure.Message}", false),
                _ => (RestartDelivery.NotSent, $"The restart request was not sent. {failure.Message}", failure.Fault == LinkFault.Unreachable),
            };
        }
    }

    /// <summary>Proves who the peer is and finds the action; null when the controller does not offer a graceful restart.</summary>
    private async Task<RedfishRequest?> PrepareAsync(Guid operation, CancellationToken cancellationToken)
    {
        // One try each: the loop above counts connects.
        await channel.Sessions.ReadRootAsync(cancellationToken).ConfigureAwait(false);
        var place = (await channel.MapAsync(cancellationToken).ConfigureAwait(false)).System;
        var answer = await channel.SendAsync(OobRole.Operator, new RedfishRequest(HttpMethod.Get, place, channel.Wire.Limits.Headers), cancellationToken).ConfigureAwait(false);
        var system = RedfishAnswers.Document(answer, place);
        channel.Sessions.CheckSerial(system);
        var action = system.At("Actions", "#ComputerSystem.Reset");
        var allowed = action.At("ResetType@Redfish.AllowableValues");
        return action.At("target").Text is not { } target || (allowed.Exists && allowed.Items.All(value => value.Text != Graceful))
            ? null
            : new RedfishRequest(HttpMethod.Post, channel.Origin.Resolve(target), channel.Wire.Limits.Action, RequestBody.Of(new ResetBody(Graceful)), operation);
    }

    private (RestartDelivery Delivery, string Answer, bool MayRepeat) Judge(RedfishAnswer answer) => answer switch
    {
        { IsSuccess: true, BodyProblem: { } problem } =>
            (RestartDelivery.Unknown, $"Answered {answer.Status} with {problem}; whether the restart was accepted is not known.", false),
        { IsSuccess: true, Location: { } location } when channel.Origin.TryResolve(location) is null =>
            (RestartDelivery.Unknown, $"Answered {answer.Status} and named a task on another origin, which is not followed; whether the restart was accepted is not known.", false),
        { Status: 202, Location: null } => (RestartDelivery.Accepted, "Accepted (202) without naming a task; only the log can tell.", false),
        { IsSuccess: true } => (RestartDelivery.Accepted, $"Accepted ({answer.Status}).", false),
        { Status: 503 or 429 } => (RestartDelivery.Refused, $"Busy ({answer.InWords}); the controller asks to come back in {Words.Seconds(RetryRule.BusyWait(answer.RetryAfter))}.", false),
        { Status: 409 } => (RestartDelivery.Refused, $"Busy ({answer.InWords}).", false),
        { Status: 404 or 405 or 501 } => (RestartDelivery.Refused, $"Unsupported ({answer.InWords}).", false),
        { Status: >= 400 and < 500 } => (RestartDelivery.Refused, $"Refused ({answer.InWords}).", false),
        { Status: >= 300 and < 400 } => (RestartDelivery.Unknown, $"Answered {answer.Status}, a redirect, which is not followed; whether the restart was accepted is not known.", false),
        { Status: >= 500 } => (RestartDelivery.Unknown, $"Answered {answer.InWords}; the effect is unknown.", false),
        _ => (RestartDelivery.Unknown, $"Answered {answer.Status}, which is no final answer; the effect is unknown.", false),
    };
}
