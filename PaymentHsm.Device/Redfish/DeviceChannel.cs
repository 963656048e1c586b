using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Enrolment;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Authorised exchanges with one controller: sessions, one new login on 401, retries of reads, and the map of its resources.</summary>
internal sealed class DeviceChannel(RedfishWire wire, DeviceEntry entry, ILogger log) : IDisposable
{
    private readonly SessionKeeper _sessions = new(wire, entry, log);
    private volatile DeviceMap? _map;

    public DeviceEntry Entry { get; } = entry;

    public RedfishWire Wire { get; } = wire;

    public SessionKeeper Sessions => _sessions;

    public RedfishOrigin Origin { get; } = new(entry.Oob.Url);

    public DateTimeOffset Now => Wire.Time.GetUtcNow();

    /// <summary>Reads one resource as the monitor, with the retries of OOB-PROFILE 10.</summary>
    public Task<JsonView> GetAsync(Uri uri, CancellationToken cancellationToken) =>
        RetriedAsync(
            async () => RedfishAnswers.Document(
                await SendAsync(OobRole.Monitor, new RedfishRequest(HttpMethod.Get, uri, Wire.Limits.Headers), cancellationToken).ConfigureAwait(false), uri),
            cancellationToken);

    /// <summary>One exchange; on 401 one new login and one repeat, which is safe for a POST too: 401 is decided before any effect.</summary>
    /// <exception cref="RedfishException">No answer, or credentials refused twice.</exception>
    public async Task<RedfishAnswer> SendAsync(OobRole role, RedfishRequest request, CancellationToken cancellationToken)
    {
        for (var repeated = false; ; repeated = true)
        {
            var session = await _sessions.EnsureAsync(role, cancellationToken).ConfigureAwait(false);
            var answer = await Wire.ExchangeAsync(request, session, cancellationToken).ConfigureAwait(false);
            if (answer.Status != 401)
            {
                return answer;
            }

            _sessions.Forget(role, session);
            if (repeated)
            {
                _sessions.Pause(role);
                throw RedfishAnswers.Fault(answer, request.Uri);
            }
        }
    }

    /// <summary>Runs an exchange that may have an effect, again only while no byte of a request was written (OOB-PROFILE 10).</summary>
    public async Task<RedfishAnswer> ConnectedAsync(Func<Task<RedfishAnswer>> exchange, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await exchange().ConfigureAwait(false);
            }
            catch (RedfishException failure) when (failure.Fault == LinkFault.Unreachable && attempt < RetryRule.MostConnects)
            {
                // Nothing was sent: asked again after a moment.
            }

            await Task.Delay(RetryRule.ConnectWait(attempt, Random.Shared.NextDouble()), Wire.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a read, again where the retry rule says so.</summary>
    public async Task<T> RetriedAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            TimeSpan wait;
            try
            {
                return await read().ConfigureAwait(false);
            }
            catch (RedfishException failure) when (RetryRule.NextWait(failure, retries, Random.Shared.NextDouble()) is { } next)
            {
                wait = next;
            }

            await Task.Delay(wait, Wire.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Where the resources are; found once and kept when nothing failed on the way.</summary>
    public async Task<DeviceMap> MapAsync(CancellationToken cancellationToken)
    {
        if (_map is { } known)
        {
            return known;
        }

        var map = await new Discovery(this).RunAsync(cancellationToken).ConfigureAwait(false);
        _map = map.IsComplete ? map : null;
        return map;
    }

    /// <summary>Looks for the resources again next time: one of them has gone.</summary>
    public void ForgetMap() => _map = null;

    /// <summary>
    /// Reads the system afresh after proving by UUID and serial number that the peer is the enrolled device. It does not wait for the map: a controller whose
    /// other resources hang must still tell how a Reclaim ended.
    /// </summary>
    public async Task<JsonView> ReadProvenSystemAsync(CancellationToken cancellationToken)
    {
        var root = await RetriedAsync(() => _sessions.ReadRootAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        var place = _map?.System ?? await FirstSystemAsync(root, cancellationToken).ConfigureAwait(false);
        var system = await GetAsync(place, cancellationToken).ConfigureAwait(false);
        _sessions.CheckSerial(system);
        return system;
    }

    private async Task<Uri> FirstSystemAsync(JsonView root, CancellationToken cancellationToken)
    {
        var systems = root.At("Systems").Link is { } link ? await GetAsync(Origin.Resolve(link), cancellationToken).ConfigureAwait(false) : default;
        return systems.At("Members").Items.FirstOrDefault().Link is { } first
            ? Origin.Resolve(first)
            : throw new RedfishException(LinkFault.Protocol, "The controller shows no system.");
    }

    /// <inheritdoc/>
    public void Dispose() => _sessions.Dispose();
}
