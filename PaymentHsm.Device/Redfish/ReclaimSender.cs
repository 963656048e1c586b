using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>
/// Sends one Reclaim and says how far it got (OOB-PROFILE 5, 9, 11; R73). Its account is used here and nowhere else, in a session that ends with the request.
/// It is sent again only while no byte of it was written, and once after a 401, which is decided before any effect.
/// </summary>
internal sealed class ReclaimSender(DeviceChannel channel, ILogger log)
{
    private const string Scope = "AllCustomerContent";
    private const string Released = "AlreadyReleased";
    private const string Mismatch = "AllocationMismatch";

    public async Task<ReclaimSent> SendAsync(ReclaimAuthority authority, CancellationToken cancellationToken)
    {
        var serial = channel.Entry.Device.Serial;
        if (authority.Serial != serial)
        {
            throw new CustodyException($"This authority was minted for {authority.Serial}, not for {serial}.");
        }

        for (var attempt = 1; ; attempt++)
        {
            var sent = await TryAsync(authority, cancellationToken).ConfigureAwait(false);
            if (!sent.MayRepeat || attempt == RetryRule.MostConnects)
            {
                log.ReclaimSent(serial, authority.Operation, sent.Delivery, sent.Answer);
                return new ReclaimSent(sent.Delivery, channel.Now, sent.Answer, sent.Key);
            }

            await Task.Delay(RetryRule.ConnectWait(attempt, Random.Shared.NextDouble()), channel.Wire.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Sent> TryAsync(ReclaimAuthority authority, CancellationToken stop)
    {
        for (var again = false; ; again = true)
        {
            IOobCredentials session;
            try
            {
                session = await channel.Sessions.OpenOnceAsync(OobRole.Reclaim, stop).ConfigureAwait(false);
            }
            catch (RedfishException failure)
            {
                return NotSent(failure);
            }

            try
            {
                if (await WithSessionAsync(authority, session, stop).ConfigureAwait(false) is { } known)
                {
                    return known;
                }
            }
            finally
            {
                await channel.Sessions.LogOutAsync(session).ConfigureAwait(false);
            }

            if (again)
            {
                channel.Sessions.Pause(OobRole.Reclaim);
                return new Sent(ReclaimDelivery.NotSent, "The controller refused the credentials of the Reclaim account twice (401), before it looked at the request.");
            }
        }
    }

    /// <summary>One try with an open session; null when the session was refused, which is decided before any effect.</summary>
    private async Task<Sent?> WithSessionAsync(ReclaimAuthority authority, IOobCredentials session, CancellationToken stop)
    {
        RedfishRequest request;
        try
        {
            var (_, system) = await channel.Sessions.ReadProvenAsync(session, stop).ConfigureAwait(false);
            var target = CommissionPart.ActionTarget(system, "Reclaim");
            if (Objection(system, authority) is { } no)
            {
                return no;
            }

            var body = RequestBody.Of(new ReclaimBody(authority.Operation, authority.Allocation, authority.Approval, Scope));
            request = new RedfishRequest(HttpMethod.Post, channel.Origin.Resolve(target), channel.Wire.Limits.Action, body);
        }
        catch (RedfishException failure)
        {
            return failure.Status == 401 ? null : NotSent(failure);
        }

        try
        {
            return Judge(await channel.Wire.ExchangeAsync(request, session, stop).ConfigureAwait(false));
        }
        catch (RedfishException failure)
        {
            return failure.Fault is LinkFault.Unreachable or LinkFault.TrustFailed
                ? NotSent(failure)
                : new Sent(ReclaimDelivery.Unknown, $"The request was written; its effect is unknown. {failure.Message}");
        }
    }

    /// <summary>What stands against sending, seen on the device itself (OOB-PROFILE 9, Reclaim step 1); null when nothing does.</summary>
    private Sent? Objection(JsonView system, ReclaimAuthority authority)
    {
        var facts = CommissionPart.Of(system, channel.Now)!;
        return !CommissionPart.HasKnownState(system)
            ? new Sent(ReclaimDelivery.NotSent, $"Not sent: the controller's commission state '{Words.Short(CommissionPart.Oem(system).At("CommissionState").Text)}' is not understood.")
            : facts.State == CommissionState.Released
            ? new Sent(ReclaimDelivery.Refused, "Not sent: the device is released already.", Released)
            : facts.Allocation != authority.Allocation
            ? new Sent(ReclaimDelivery.Refused, $"Not sent: the device is in allocation '{Words.Short(facts.Allocation)}', approved is {authority.Allocation}.", Mismatch)
            : null;
    }

    private Sent? Judge(RedfishAnswer answer) => answer switch
    {
        { Status: 401 } => null,
        { Status: 202, BodyProblem: { } problem } => Unknown($"Answered 202 with {problem}"),
        { Status: 202, Location: null } => Unknown("Accepted (202) without naming a task"),
        { Status: 202, Location: { } location } => channel.Origin.TryResolve(location) is null
            ? Unknown("Answered 202 and named a task on another origin, which is not followed")
            : new Sent(ReclaimDelivery.Accepted, "Accepted (202)."),
        { Status: 400 or 403 or 404 or 409 or 412 or 415 } => RedfishMessage.KeyOf(answer.Body) is { } key
            ? new Sent(ReclaimDelivery.Refused, $"Refused ({answer.InWords}).", key)
            : Unknown($"Answered {answer.Status} without saying why"),
        { Status: 503 or 429 } => Unknown($"Busy ({answer.InWords})"),
        { Status: >= 300 and < 400 } => Unknown($"Answered {answer.Status}, a redirect, which is not followed"),
        _ => Unknown($"Answered {answer.InWords}"),
    };

    private static Sent Unknown(string what) => new(ReclaimDelivery.Unknown, $"{what}; whether the Reclaim was accepted is not known. Look the operation up.");

    private static Sent NotSent(RedfishException failure) => failure.Fault == LinkFault.Unsupported
        ? new Sent(ReclaimDelivery.Refused, $"Not sent. {failure.Message}")
        : new Sent(ReclaimDelivery.NotSent, $"The Reclaim was not sent. {failure.Message}", MayRepeat: failure.Fault == LinkFault.Unreachable);

    private sealed record Sent(ReclaimDelivery Delivery, string Answer, string? Key = null, bool MayRepeat = false);
}
