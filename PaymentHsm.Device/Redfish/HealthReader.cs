using System.Collections.Concurrent;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>One health poll (OOB-PROFILE 9): is the controller there, is it the enrolled one, and then every part by itself. One poll at a time.</summary>
internal sealed class HealthReader(DeviceChannel channel, RackSwitches switches) : IDisposable
{
    private readonly PollBreaker _breaker = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private HealthPoll? _lastDown;
    private (long Read, TimeSpan? ClockSkew, string? Firmware)? _slow;
    private long? _installing;
    private volatile bool _slowIsDue;

    /// <summary>An image was sent: until it must be there, the version is read with every poll instead of now and then.</summary>
    public void ExpectNewFirmware() => _installing = channel.Wire.Time.GetTimestamp();

    /// <summary>The next poll reads clock and firmware too, however young the kept ones are.</summary>
    public void ReadEverythingNext() => _slowIsDue = true;

    public async Task<HealthPoll> PollAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var started = channel.Wire.Time.GetTimestamp();
            var upstream = switches.ReadAsync(channel.Entry.Switch, cancellationToken);
            if (!_breaker.Allows(channel.Now) && _lastDown is { } down)
            {
                return Finish(started, OobReach.Down, down.Fault, $"Not asked before {_breaker.OpenUntil:O}. {down.Detail}", NoParts(down.Detail!), await upstream.ConfigureAwait(false));
            }

            return await PollNowAsync(started, upstream, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<HealthPoll> PollNowAsync(long started, Task<Sample> upstream, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(channel.Wire.Limits.Poll, channel.Wire.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        var answered = false;
        try
        {
            var roundTrip = await ProbeAsync(stop.Token).ConfigureAwait(false);
            answered = true;
            _breaker.Succeeded();
            var map = await channel.MapAsync(stop.Token).ConfigureAwait(false);
            var parts = await ReadPartsAsync(map, stop.Token, cancellationToken).ConfigureAwait(false);
            return Finish(started, map, parts, roundTrip, await upstream.ConfigureAwait(false));
        }
        catch (RedfishException failure)
        {
            // An HTTP answer, even a bad one, is an answer; and a failed trust or a wrong device is a security matter, not an outage.
            var down = !answered && failure.Status is null && (failure.Fault is LinkFault.Unreachable or LinkFault.NoAnswer);
            return Failed(started, down, failure.Fault, failure.Message, await upstream.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(started, !answered, LinkFault.NoAnswer, $"No whole answer within {Words.Seconds(channel.Wire.Limits.Poll)}.", await upstream.ConfigureAwait(false));
        }
    }

    private HealthPoll Failed(long started, bool down, LinkFault fault, string why, Sample upstream)
    {
        var poll = Finish(started, down ? OobReach.Down : OobReach.Degraded, fault, why, NoParts(why), upstream);
        if (down)
        {
            _breaker.Failed(channel.Now);
            _lastDown = poll;
        }

        return poll;
    }

    /// <summary>GET of the root: no retry when nothing listens, so that a dead controller costs one connect.</summary>
    private async Task<TimeSpan> ProbeAsync(CancellationToken stop) =>
        await channel.RetriedAsync(
            async () =>
            {
                var started = channel.Wire.Time.GetTimestamp();
                try
                {
                    await channel.Sessions.ReadRootAsync(stop).ConfigureAwait(false);
                    return channel.Wire.Time.GetElapsedTime(started);
                }
                catch (RedfishException failure) when (failure.Fault == LinkFault.Unreachable)
                {
                    throw new RedfishException(LinkFault.Unreachable, failure.Message, failure) { GetRetries = 0 };
                }
            },
            stop).ConfigureAwait(false);

    private async Task<IReadOnlyDictionary<Uri, Part>> ReadPartsAsync(DeviceMap map, CancellationToken stop, CancellationToken caller)
    {
        var parts = new ConcurrentDictionary<Uri, Part>();
        var wanted = HealthParts.Of(map).ToList();
        if (_slowIsDue || _slow is not { } slow || channel.Wire.Time.GetElapsedTime(slow.Read) >= channel.Wire.Limits.SlowFacts || Installing)
        {
            _slowIsDue = false;
            wanted.AddRange(new[] { map.Manager, map.Firmware }.OfType<Uri>());
        }

        using var places = new SemaphoreSlim(channel.Wire.Limits.PollParallel);
        await Task.WhenAll(wanted.Distinct().Select(async uri =>
        {
            try
            {
                await places.WaitAsync(stop).ConfigureAwait(false);
                try
                {
                    parts[uri] = new Part(await channel.GetAsync(uri, stop).ConfigureAwait(false));
                }
                finally
                {
                    places.Release();
                }
            }
            catch (RedfishException failure)
            {
                if (failure.Status == 404)
                {
                    channel.ForgetMap();
                }

                parts[uri] = new Part(default, failure.Message, failure.Fault);
            }
            catch (OperationCanceledException) when (!caller.IsCancellationRequested)
            {
                parts[uri] = new Part(default, $"{uri.AbsolutePath} was not answered within the {Words.Seconds(channel.Wire.Limits.Poll)} of a poll.", LinkFault.NoAnswer);
            }
        })).ConfigureAwait(false);
        if (parts[map.System] is { IsRead: true } system)
        {
            channel.Sessions.CheckSerial(system.View);
        }

        return parts;
    }

    private HealthPoll Finish(long started, DeviceMap map, IReadOnlyDictionary<Uri, Part> parts, TimeSpan roundTrip, Sample upstream)
    {
        var samples = new HealthParts(map, parts).Samples();
        samples.Add(new Sample(ReadingName.Oob, ReadingValue.Of(Math.Round(roundTrip.TotalMilliseconds, 1)), "ms", null, null, "Portal"));
        samples.Add(upstream);
        var faults = parts.Values.Where(part => part.Fault is not null).Select(part => (Fault: part.Fault!.Value, Words: part.Problem!))
            .Concat(map.Problems.Values.Select(problem => (problem.Fault, Words: problem.Message))).ToList();
        var took = channel.Wire.Time.GetElapsedTime(started);
        var slow = took > channel.Wire.Limits.SlowPoll;
        var detail = faults.Count > 0
            ? $"{faults.Count} part(s) failed; first: {faults[0].Words}"
            : slow ? $"The poll took {Words.Seconds(took)}." : null;
        var (skew, firmware) = SlowFacts(map, parts);
        var system = parts[map.System];
        return new HealthPoll(
            channel.Now,
            took,
            faults.Count > 0 || slow ? OobReach.Degraded : OobReach.Up,
            faults.Count > 0 ? faults.OrderByDescending(fault => Weight(fault.Fault)).First().Fault : slow ? LinkFault.NoAnswer : null,
            detail,
            samples,
            system.IsRead ? CommissionPart.Of(system.View, channel.Now) : null,
            firmware,
            skew);
    }

    private HealthPoll Finish(long started, OobReach reach, LinkFault? fault, string why, List<Sample> samples, Sample upstream)
    {
        samples.Add(new Sample(ReadingName.Oob, ReadingValue.None, "ms", null, null, "Portal", why));
        samples.Add(upstream);
        return new HealthPoll(channel.Now, channel.Wire.Time.GetElapsedTime(started), reach, fault, why, samples, null, null, null);
    }

    /// <summary>Clock and firmware: from this poll, or the ones kept since the last time they were read.</summary>
    private (TimeSpan? ClockSkew, string? Firmware) SlowFacts(DeviceMap map, IReadOnlyDictionary<Uri, Part> parts)
    {
        Part? Read(Uri? uri) => uri is not null && parts.TryGetValue(uri, out var part) ? part : null;
        if (Read(map.Manager) is null && Read(map.Firmware) is null)
        {
            return (_slow?.ClockSkew, _slow?.Firmware);
        }

        var skew = Read(map.Manager)?.View.At("DateTime").Time - channel.Now;
        var firmware = Read(map.Firmware)?.View.At("Version").Text;
        _slow = skew is null || firmware is null ? null : (channel.Wire.Time.GetTimestamp(), skew, firmware);
        return (skew, firmware);
    }

    private bool Installing => _installing is { } since && channel.Wire.Time.GetElapsedTime(since) < channel.Wire.Limits.Installing;

    private static List<Sample> NoParts(string why) =>
        [.. ReadingName.ThroughOob.Select(name => new Sample(name, ReadingValue.None, null, null, null, Part.Source, why))];

    /// <summary>Which of several faults speaks for the poll: what a person must act on comes first.</summary>
    private static int Weight(LinkFault fault) => fault switch
    {
        LinkFault.WrongDevice => 7,
        LinkFault.TrustFailed => 6,
        LinkFault.AuthFailed => 5,
        LinkFault.Protocol => 4,
        LinkFault.Unreachable => 3,
        LinkFault.NoAnswer => 2,
        LinkFault.Busy => 1,
        _ => 0,
    };
}
