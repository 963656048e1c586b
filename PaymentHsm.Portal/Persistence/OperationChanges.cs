using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Persistence;

/// <summary>Tells readers of this node that a stored operation changed.</summary>
internal sealed class OperationChanges
{
    private readonly ConcurrentDictionary<Channel<Operation>, Guid> _readers = new();

    public void Publish(Operation operation)
    {
        foreach (var (channel, id) in _readers)
        {
            if (id == operation.Id)
            {
                channel.Writer.TryWrite(operation);
            }
        }
    }

    /// <summary>What <paramref name="read"/> returns, then every later change, until the operation has finished.</summary>
    public async IAsyncEnumerable<Operation> FollowAsync(Guid id, Func<Task<Operation?>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only the newest matters, so a slow reader skips what is between.
        var channel = Channel.CreateBounded<Operation>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        _readers[channel] = id;
        try
        {
            var operation = await read();
            while (operation is not null)
            {
                yield return operation;
                if (operation.State == OperationState.Finished)
                {
                    yield break;
                }

                operation = await channel.Reader.ReadAsync(cancellationToken);
            }
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }
}
