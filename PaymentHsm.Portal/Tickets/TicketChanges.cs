using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Tells pages of this node that a ticket changed: a message, a move, a document.</summary>
internal sealed class TicketChanges
{
    private readonly ConcurrentDictionary<Channel<bool>, string> _readers = new();

    public void Publish(string number)
    {
        foreach (var (channel, of) in _readers)
        {
            if (of == number)
            {
                channel.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>One item for one or more changes since the last one, until the token is cancelled.</summary>
    public async IAsyncEnumerable<bool> FollowAsync(string number, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _readers[channel] = number;
        try
        {
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
