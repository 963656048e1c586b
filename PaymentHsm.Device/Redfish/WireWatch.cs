namespace PaymentHsm.Device.Redfish;

/// <summary>
/// Tells whether any byte of a request was handed to the connection. Until then a request can be sent again without a second effect; from then
/// on its effect is unknown until an answer comes. It rides with the asynchronous flow of the caller, in which the handler writes the request.
/// </summary>
internal sealed class WireWatch
{
    private static readonly AsyncLocal<WireWatch?> Current = new();

    private int _written;

    /// <summary>True when at least one byte of the request was handed over.</summary>
    public bool HasWritten => Volatile.Read(ref _written) != 0;

    /// <summary>Starts to watch what the present flow sends.</summary>
    public static WireWatch Begin() => Current.Value = new WireWatch();

    /// <summary>Wraps a connection's plaintext side.</summary>
    public static Stream Over(Stream plaintext) => new WatchedStream(plaintext);

    private static void Mark()
    {
        if (Current.Value is { } watch)
        {
            Volatile.Write(ref watch._written, 1);
        }
    }

    private sealed class WatchedStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Mark();
            inner.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Mark();
            inner.Write(buffer);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Mark();
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => inner.Read(buffer);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.ReadAsync(buffer, offset, count, cancellationToken);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            await base.DisposeAsync().ConfigureAwait(false);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
