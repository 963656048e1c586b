using System.Buffers;
using System.Threading.Tasks.Sources;

namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// One request whose answer is awaited. Reused from request to request by its connection; one waiter at a time. The bytes of the answer lie in a rented
/// array that is given back by <see cref="Release"/>.
/// </summary>
/// <param name="owner">Its connection's requests.</param>
internal sealed class PendingAnswer(PendingAnswers owner) : IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<bool> _source;
    private byte[] _body = [];
    private int _length;
    private Exception? _failure;

    /// <summary>Header number it waits for.</summary>
    public long Header { get; set; }

    /// <summary>Tells uses of this object apart.</summary>
    public long Ticket { get; set; }

    /// <summary>The answer after its header; valid between completion and <see cref="Release"/>.</summary>
    public ReadOnlySpan<byte> AfterHeader => _body.AsSpan(0, _length);

    /// <summary>Waits for the answer; throws the failure.</summary>
    public ValueTask WaitAsync() => new(this, _source.Version);

    /// <summary>The answer is there. Copies it, so that the receiver can go on.</summary>
    public void Complete(in ReadOnlySequence<byte> afterHeader)
    {
        _length = (int)afterHeader.Length;
        _body = ArrayPool<byte>.Shared.Rent(Math.Max(_length, 1));
        afterHeader.CopyTo(_body);
        Wake();
    }

    /// <summary>There will be no answer.</summary>
    public void Fail(Exception failure)
    {
        _failure = failure;
        Wake();
    }

    /// <summary>The caller gave up.</summary>
    public void Cancel(CancellationToken cancellationToken) => owner.Abandon(this, new OperationCanceledException(cancellationToken));

    /// <summary>Makes it ready for the next request.</summary>
    public void Release()
    {
        if (_body.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_body);
        }

        (_body, _length, _failure) = ([], 0, null);
        _source.Reset();
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        if (_failure is null)
        {
            _source.SetResult(true);
        }
        else
        {
            _source.SetException(_failure);
        }
    }

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    // The waiter runs on the pool, not inside the receive loop; as a work item of its own this costs no allocation.
    private void Wake() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
