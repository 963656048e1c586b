using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Portal.Persistence;

/// <summary>Tells readers of this node that a stored work order changed.</summary>
internal sealed class WorkOrderChanges
{
    private readonly ConcurrentDictionary<Channel<WorkOrder>, string> _readers = new();

    public void Publish(WorkOrder order)
    {
        foreach (var (channel, number) in _readers)
        {
            if (number == order.Number)
            {
                channel.Writer.TryWrite(order);
            }
        }
    }

    /// <summary>What <paramref name="read"/> returns, then every later change, until the order has ended.</summary>
    public async IAsyncEnumerable<WorkOrder> FollowAsync(string number, Func<Task<WorkOrder?>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only the newest matters, so a slow reader skips what is between.
        var channel = Channel.CreateBounded<WorkOrder>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        _readers[channel] = number;
        try
        {
            var order = await read();
            while (order is not null)
            {
                yield return order;
                if (order.End is not null)
                {
                    yield break;
                }

                order = await channel.Reader.ReadAsync(cancellationToken);
            }
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }
}
