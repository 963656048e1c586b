using PaymentHsm.Device.Enrolment;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Reads the top-of-rack switches. An answer serves every device of the rack for a moment, so that a rack does not ask its switch once per device.</summary>
internal sealed class RackSwitches(RedfishHandlers handlers, RedfishLimits limits, TimeProvider time)
{
    private const string Source = "Switch";
    private static readonly string[] OutStates = ["Disabled", "Absent", "UnavailableOffline", "StandbyOffline"];
    private readonly Lock _gate = new();
    private readonly Dictionary<Uri, (long Asked, Task<Sample> Answer)> _answers = [];

    /// <summary>The <c>upstream</c> sample of a device behind that switch. Never fails.</summary>
    public Task<Sample> ReadAsync(RackSwitch? rackSwitch, CancellationToken cancellationToken)
    {
        if (rackSwitch is null)
        {
            return Task.FromResult(None("The site's records name no switch for this rack."));
        }

        lock (_gate)
        {
            if (!_answers.TryGetValue(rackSwitch.Url, out var known) || (known.Answer.IsCompleted && time.GetElapsedTime(known.Asked) >= limits.SwitchAge))
            {
                // Shared by several devices, so no caller's token may end it; its own limits do.
                known = (time.GetTimestamp(), AskAsync(rackSwitch));
                _answers[rackSwitch.Url] = known;
            }

            return known.Answer.WaitAsync(cancellationToken);
        }
    }

    private async Task<Sample> AskAsync(RackSwitch rackSwitch)
    {
        var wire = new RedfishWire(handlers.PoolFor(rackSwitch.Trust), limits with { Body = limits.Switch }, time);
        var uri = new RedfishOrigin(rackSwitch.Url).Resolve("/redfish/v1/Fabrics/tor/Switches/tor");
        var account = rackSwitch.Account is { } known ? new BasicCredentials(known) : null;
        try
        {
            var answer = await wire.ExchangeAsync(new RedfishRequest(HttpMethod.Get, uri, limits.Switch), account, CancellationToken.None).ConfigureAwait(false);
            return ToSample(rackSwitch, RedfishAnswers.Document(answer, uri));
        }
        catch (RedfishException failure)
        {
            return None($"Switch {rackSwitch.Name}: {failure.Message}");
        }
    }

    private static Sample ToSample(RackSwitch rackSwitch, JsonView view)
    {
        var state = view.At("Status", "State").Text;
        var health = HealthSamples.HealthOf(view);
        return state switch
        {
            null => None($"Switch {rackSwitch.Name} gives no state."),
            _ when OutStates.Contains(state) => new Sample(ReadingName.Upstream, ReadingValue.Of(state), null, Health.Critical, null, Source),
            _ => new Sample(ReadingName.Upstream, ReadingValue.Of(Words.Short(state)), null, health, null, Source),
        };
    }

    private static Sample None(string problem) => new(ReadingName.Upstream, ReadingValue.None, null, null, null, Source, problem);
}
