using System.Buffers;
using System.Buffers.Binary;
using PaymentHsm.Device.HostCommands;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>
/// Bytes received and not served yet. Owns a rented array only while it holds something, so that an idle connection costs no buffer; it never grows
/// beyond one frame of the I/O buffer's size.
/// </summary>
internal sealed class PooledInput : IDisposable
{
    private const int FirstSize = 2048;

    private byte[] _array = [];
    private int _start;
    private int _end;

    /// <summary>True when nothing waits.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>What waits.</summary>
    public ReadOnlySequence<byte> Received => new(_array, _start, _end - _start);

    /// <summary>Room for the next receive: at least one byte, as long as the frame in front fits the I/O buffer.</summary>
    public Memory<byte> Free()
    {
        if (_array.Length == 0)
        {
            _array = ArrayPool<byte>.Shared.Rent(FirstSize);
        }

        if (_start > 0)
        {
            _array.AsSpan(_start, _end - _start).CopyTo(_array);
            _end -= _start;
            _start = 0;
        }

        if (_end >= FrameCodec.PrefixLength)
        {
            Reserve(FrameCodec.PrefixLength + BinaryPrimitives.ReadUInt16BigEndian(_array));
        }

        return _array.AsMemory(_end);
    }

    /// <summary>Says how much was received into <see cref="Free"/>.</summary>
    public void Add(int count) => _end += count;

    /// <summary>Keeps the last <paramref name="left"/> bytes; gives the array back when none are left.</summary>
    public void KeepLast(long left)
    {
        _start = _end - (int)left;
        if (IsEmpty)
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = [];
        _start = _end = 0;
    }

    private void Reserve(int size)
    {
        if (_array.Length >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        _array.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
