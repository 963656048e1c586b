using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PaymentHsm.Domain.Approvals;

namespace PaymentHsm.Portal.Approvals;

/// <summary>Tells readers of this node that a stored approval request changed.</summary>
internal sealed class ApprovalChanges
{
    private readonly ConcurrentDictionary<Channel<ApprovalRequest>, string?> _readers = new();

    public void Publish(ApprovalRequest request)
    {
        foreach (var (channel, id) in _readers)
        {
            if (id is null || id == request.Id)
            {
                channel.Writer.TryWrite(request);
            }
        }
    }

    /// <summary>Every later change of one request, or of all when <paramref name="id"/> is null. A slow reader skips what is between: only the newest matters.</summary>
    public async IAsyncEnumerable<ApprovalRequest> FollowAsync(string? id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<ApprovalRequest>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        _readers[channel] = id;
        try
        {
            await foreach (var request in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return request;
            }
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }
}
