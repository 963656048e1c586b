using System.Net;
using System.Net.Sockets;
using PaymentHsm.Device.Simulator.Listening;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>One listening TCP socket and its accept loop.</summary>
internal sealed class HostListener : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly HostPortLog _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _disposed;
    private long _accepted;

    /// <summary>Listens at once.</summary>
    /// <param name="endPoint">Where; port 0 takes any free one.</param>
    /// <param name="ready">Completes when the next connection may be accepted.</param>
    /// <param name="take">Takes over an accepted socket.</param>
    /// <param name="time">Clock of the pause after a failed accept.</param>
    /// <param name="log">Where a failed accept is told.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public HostListener(IPEndPoint endPoint, Func<Task> ready, Action<Socket> take, TimeProvider time, HostPortLog log)
    {
        (_time, _log) = (time, log);
        _socket = HeldPorts.SocketFor(endPoint);
        try
        {
            _socket.Listen();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        _loop = AcceptAsync(ready, take);
    }

    /// <summary>The actual port.</summary>
    public int Port { get; }

    /// <summary>Connections accepted since the start, those that were then refused included.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Stops listening; connections taken over live on.</summary>
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

    private async Task AcceptAsync(Func<Task> ready, Action<Socket> take)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ready().WaitAsync(_stop.Token).ConfigureAwait(false);
                var socket = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _accepted);
                take(socket);
            }
            catch (Exception end) when (_stop.IsCancellationRequested && end is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException failure)
            {
                await PauseAsync(failure).ConfigureAwait(false);
            }
        }
    }

    // Out of file handles, or a peer that left before it was accepted: neither may end the loop nor spin it.
    private async Task PauseAsync(SocketException failure)
    {
        _log.AcceptFailed(failure.SocketErrorCode.ToString());
        await Task.Delay(PauseAfterFailure, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
