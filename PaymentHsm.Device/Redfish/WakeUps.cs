using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>The controller's event stream as a row of nudges (OOB-PROFILE 8). It comes back by itself: 1, 2, 4 ... 60 s, a fifth either way.</summary>
internal sealed class WakeUps(DeviceChannel channel, ILogger log)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public async IAsyncEnumerable<OobWakeUp> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        var told = false;
        for (var wait = TimeSpan.FromSeconds(1); ; wait = Shorter(wait * 2))
        {
            var (stream, why) = await OpenAsync(last, cancellationToken).ConfigureAwait(false);
            if (stream is not null)
            {
                yield return Tell(OobWakeUpKind.Opened, "open");
                await using (stream.ConfigureAwait(false))
                {
                    while (await stream.NextAsync(cancellationToken).ConfigureAwait(false) is { } pushed)
                    {
                        wait = TimeSpan.FromSeconds(1);
                        last = pushed.Id ?? last;
                        yield return new OobWakeUp(channel.Now, OobWakeUpKind.Event, pushed.MessageId);
                    }

                    why = stream.EndedBecause;
                }
            }

            // Lost is told once: when an open stream ends, or when there has never been one.
            if (stream is not null || !told)
            {
                yield return Tell(OobWakeUpKind.Lost, why);
                told = true;
            }

            await Task.Delay(RetryRule.Spread(wait, Random.Shared.NextDouble()), channel.Wire.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private OobWakeUp Tell(OobWakeUpKind kind, string why)
    {
        log.Stream(channel.Entry.Device.Serial, kind, why);
        return new OobWakeUp(channel.Now, kind);
    }

    private async Task<(EventStream? Stream, string Why)> OpenAsync(string? last, CancellationToken cancellationToken)
    {
        try
        {
            var map = await channel.MapAsync(cancellationToken).ConfigureAwait(false);
            if (map.EventStream is not { } uri)
            {
                return (null, map.WhyMissing(MapBranch.Events, "event stream"));
            }

            var session = await channel.Sessions.EnsureAsync(OobRole.Monitor, cancellationToken).ConfigureAwait(false);
            var response = await channel.Wire.OpenStreamAsync(uri, session, last, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode == 200 && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                return (await EventStream.OverAsync(response, channel.Wire, cancellationToken).ConfigureAwait(false), "");
            }

            using (response)
            {
                if ((int)response.StatusCode == 401)
                {
                    channel.Sessions.Forget(OobRole.Monitor, session);
                }

                return (null, $"The event stream was answered {(int)response.StatusCode}, {Words.Short(response.Content.Headers.ContentType?.MediaType)}.");
            }
        }
        catch (RedfishException failure)
        {
            return (null, failure.Message);
        }
    }

    private static TimeSpan Shorter(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;
}
