using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PaymentHsm.Portal.Persistence;

/// <summary>Tells pages of this node that something about a named thing changed, and no more: a ticket by its number, a person's list of notices.</summary>
/// <typeparam name="T">What is named: it keeps the names of different things apart.</typeparam>
internal sealed class NamedChanges<T>
{
    private readonly ConcurrentDictionary<Channel<bool>, string> _readers = new();

    public void Publish(string name)
    {
        foreach (var (channel, of) in _readers)
        {
            if (of == name)
            {
                channel.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>One item at once, so that the first look misses nothing, then one for one or more changes since the last, until the token is cancelled.</summary>
    public async IAsyncEnumerable<bool> FollowAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _readers[channel] = name;
        try
        {
            yield return true;
            await foreach (var changed in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return changed;
            }
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }
}
