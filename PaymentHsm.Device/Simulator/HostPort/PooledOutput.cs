using System.Buffers;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>Answers waiting to be sent. Owns a rented array only while it holds something.</summary>
internal sealed class PooledOutput : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = [];
    private int _written;

    /// <summary>Bytes waiting.</summary>
    public int Count => _written;

    /// <summary>What waits; valid until the next write or <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, _written);

    /// <inheritdoc/>
    public void Advance(int count) => _written += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_written);
    }

    /// <summary>Forgets what was sent and gives the array back.</summary>
    public void Clear()
    {
        _written = 0;
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private void Reserve(int sizeHint)
    {
        var needed = _written + Math.Max(sizeHint, 1);
        if (_array.Length >= needed)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(needed);
        Written.Span.CopyTo(larger);
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = larger;
    }
}
