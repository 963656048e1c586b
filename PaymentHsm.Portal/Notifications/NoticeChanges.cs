using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PaymentHsm.Portal.Notifications;

/// <summary>Tells pages of this node that a person's list of notices changed.</summary>
internal sealed class NoticeChanges
{
    private readonly ConcurrentDictionary<Channel<bool>, string> _readers = new();

    public void Publish(string person)
    {
        foreach (var (channel, of) in _readers)
        {
            if (of == person)
            {
                channel.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>One item at once, so that the first look misses nothing, then one for one or more changes since the last, until the token is cancelled.</summary>
    public async IAsyncEnumerable<bool> FollowAsync(string person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _readers[channel] = person;
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
