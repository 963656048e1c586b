using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>
/// What J2 and J4 report of one simulated unit: gathered from the commands that it really served. Belongs to the unit, not to a port, so it outlives
/// a restart of the listeners. Safe from any thread; nothing runs between commands.
/// </summary>
/// <param name="since">When the collection begins, on the unit's clock.</param>
/// <param name="ratedPerSecond">Commands per second that count as 100 % load.</param>
internal sealed class HostCounters(DateTimeOffset since, int ratedPerSecond)
{
    private int _ratedPerSecond = ratedPerSecond;
    private long _changes;

    private const int Ranges = 10;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _volumes = new(StringComparer.Ordinal);
    private readonly long[] _periods = new long[Ranges];
    private DateTimeOffset _since = since;
    private long _second = since.ToUnixTimeSeconds();
    private int _inSecond;

    /// <summary>Commands per second that count as 100 % load, from the next second on.</summary>
    public int RatedPerSecond
    {
        get => Volatile.Read(ref _ratedPerSecond);
        set => Volatile.Write(ref _ratedPerSecond, value);
    }

    /// <summary>Rises with every change that is worth storing.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>The figures, to be stored.</summary>
    public HostCountersState Save()
    {
        lock (_gate)
        {
            return new HostCountersState(_since, _second, _inSecond, [.. _periods], new Dictionary<string, long>(_volumes, StringComparer.Ordinal));
        }
    }

    /// <summary>Goes on from stored figures; the time in between counts as quiet.</summary>
    public void Restore(HostCountersState stored)
    {
        lock (_gate)
        {
            (_since, _second, _inSecond) = (stored.Since, stored.Second, stored.InSecond);
            stored.Periods.Take(Ranges).ToArray().CopyTo(_periods, 0);
            _volumes.Clear();
            foreach (var (command, count) in stored.Volumes)
            {
                _volumes[command] = count;
            }
        }
    }

    /// <summary>When the present collection began.</summary>
    public DateTimeOffset Since
    {
        get
        {
            lock (_gate)
            {
                return _since;
            }
        }
    }

    /// <summary>A command was served, whatever the answer.</summary>
    /// <param name="command">Two characters; shared, so that counting allocates nothing.</param>
    /// <param name="now">The unit's clock.</param>
    public void Served(string command, DateTimeOffset now)
    {
        lock (_gate)
        {
            Roll(now);
            _inSecond++;
            _changes++;
            _volumes[command] = _volumes.GetValueOrDefault(command) + 1;
        }
    }

    /// <summary>How often a command was served since the collection began.</summary>
    public long CountOf(string command)
    {
        lock (_gate)
        {
            return _volumes.GetValueOrDefault(command);
        }
    }

    /// <summary>The answer to J2.</summary>
    public LoadingAnswer Loading(string serial, DateTimeOffset now)
    {
        lock (_gate)
        {
            Roll(now);
            var ranges = new LoadRange[Ranges];
            for (var i = 0; i < Ranges; i++)
            {
                ranges[i] = new LoadRange(i * Ranges, (i + 1) * Ranges, _periods[i]);
            }

            return new LoadingAnswer(new CollectionPeriod(serial, _since, now, now), Seconds(now), ranges);
        }
    }

    /// <summary>The answer to J4: commands that were served at least once, in code order.</summary>
    public CommandVolumesAnswer Volumes(string serial, DateTimeOffset now)
    {
        lock (_gate)
        {
            CommandVolume[] volumes = [.. _volumes.Take(CommandVolumesAnswer.MaxVolumes).Select(pair => new CommandVolume(CommandCode.Parse(pair.Key), pair.Value))];
            return new CommandVolumesAnswer(new CollectionPeriod(serial, _since, now, now), Seconds(now), volumes);
        }
    }

    /// <summary>J6, or a load of software: everything begins anew.</summary>
    public void Reset(DateTimeOffset now)
    {
        lock (_gate)
        {
            _changes++;
            _volumes.Clear();
            Array.Clear(_periods);
            _since = now;
            _second = now.ToUnixTimeSeconds();
            _inSecond = 0;
        }
    }

    // Closes the second that was counted and books the quiet ones after it, so that no timer is needed.
    private void Roll(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (second <= _second)
        {
            return;
        }

        var load = (int)Math.Min(99, _inSecond * 100L / RatedPerSecond);
        _periods[load / Ranges]++;
        _periods[0] += second - _second - 1;
        _second = second;
        _inSecond = 0;
    }

    private long Seconds(DateTimeOffset now) => Math.Max(0, now.ToUnixTimeSeconds() - _since.ToUnixTimeSeconds());
}

/// <summary>Stored figures of <see cref="HostCounters"/>.</summary>
internal sealed record HostCountersState(DateTimeOffset Since, long Second, int InSecond, IReadOnlyList<long> Periods, IReadOnlyDictionary<string, long> Volumes);
