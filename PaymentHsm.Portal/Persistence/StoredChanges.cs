using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PaymentHsm.Portal.Persistence;

/// <summary>Tells readers of this node that something stored has changed.</summary>
internal sealed class StoredChanges<T>
    where T : class
{
    private readonly ConcurrentDictionary<Channel<T>, Func<T, bool>> _readers = new();

    public void Publish(T stored)
    {
        foreach (var (channel, concerns) in _readers)
        {
            if (concerns(stored))
            {
                channel.Writer.TryWrite(stored);
            }
        }
    }

    /// <summary>What <paramref name="read"/> returns, then every later change that <paramref name="concerns"/> this reader, up to the last one by <paramref name="ended"/>.</summary>
    public async IAsyncEnumerable<T> FollowAsync(Func<T, bool> concerns, Func<Task<T?>> read, Func<T, bool> ended, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only the newest matters, so a slow reader skips what is between.
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        _readers[channel] = concerns;
        try
        {
            var now = await read();
            while (now is not null)
            {
                yield return now;
                if (ended(now))
                {
                    yield break;
                }

                now = await channel.Reader.ReadAsync(cancellationToken);
            }
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }

    /// <summary>Every change from now on, none lost; for readers that keep up.</summary>
    public async IAsyncEnumerable<T> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<T>();
        _readers[channel] = _ => true;
        try
        {
            await foreach (var stored in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return stored;
            }
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }
}
