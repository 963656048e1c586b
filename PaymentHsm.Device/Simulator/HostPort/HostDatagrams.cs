using System.Buffers;
using System.Net;
using System.Net.Sockets;
using PaymentHsm.Device.HostCommands;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>Host commands over UDP: one datagram, one command, one answer. A datagram that breaks the framing is dropped without a word (BAD-INPUTS A46).</summary>
internal sealed class HostDatagrams : IAsyncDisposable
{
    private const int LargestDatagram = 64 * 1024;

    private readonly HostCommandServer _server;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _disposed;
    private long _received;

    /// <summary>Listens at once.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public HostDatagrams(HostCommandServer server, IPEndPoint endPoint)
    {
        _server = server;
        _socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Bind(endPoint);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        _loop = ReceiveAsync(endPoint.AddressFamily);
    }

    /// <summary>The actual port.</summary>
    public int Port { get; }

    /// <summary>Datagrams received since the start, dropped ones included.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            await _loop.ConfigureAwait(false);
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ReceiveAsync(AddressFamily family)
    {
        var peek = new byte[1];
        var sender = new SocketAddress(family);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                // A peek waits without a 64 KiB buffer for each of thousands of units; the receive after it does not block.
                await _socket.ReceiveFromAsync(peek, SocketFlags.Peek, sender, _stop.Token).ConfigureAwait(false);
                await ServeOneAsync(sender).ConfigureAwait(false);
            }
            catch (Exception end) when (_stop.IsCancellationRequested && end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // An answer that could not be delivered comes back as an error of the next receive; the host resends.
                _server.Traffic.Discarded();
            }
        }
    }

    private async Task ServeOneAsync(SocketAddress sender)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LargestDatagram);
        using var output = new PooledOutput();
        try
        {
            var count = await _socket.ReceiveFromAsync(buffer.AsMemory(0, LargestDatagram), SocketFlags.None, sender, _stop.Token).ConfigureAwait(false);
            Interlocked.Increment(ref _received);
            _server.Traffic.Received(count);
            if (!Process(new ReadOnlySequence<byte>(buffer, 0, count), output))
            {
                _server.Traffic.Discarded();
                return;
            }

            if (output.Count > 0)
            {
                _server.Traffic.Sent(output.Count);
                await _socket.SendToAsync(output.Written, SocketFlags.None, sender, _stop.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool Process(ReadOnlySequence<byte> datagram, PooledOutput output)
    {
        try
        {
            return FrameCodec.TryRead(ref datagram, FrameCodec.IoBuffer, out var body)
                && datagram.IsEmpty
                && !_server.RefusesService
                && _server.Process(body.FirstSpan, output);
        }
        catch (HostProtocolException)
        {
            return false;
        }
    }
}
