using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace PaymentHsm.Device.Simulator.Listening;

/// <summary>A listener that really closes its port while its gate is closed, and binds it again afterwards.</summary>
internal sealed class GatedListener(EndPoint address, Gate gate, IConnectionListenerFactory sockets, ILogger logger) : IConnectionListener
{
    private static readonly TimeSpan BindAgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = [];
    private readonly CancellationTokenSource _unbound = new();
    private IConnectionListener? _inner;

    public EndPoint EndPoint => address;

    /// <summary>Binds, if the gate is open.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (gate.State != GateState.Open)
        {
            return;
        }

        try
        {
            _inner = await sockets.BindAsync(address, cancellationToken);
        }
        catch (AddressInUseException problem)
        {
            // One stolen port must not keep a whole fleet down; the accept loop tries on.
            logger.PortTaken(gate.Port, problem);
        }
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (!_unbound.IsCancellationRequested)
        {
            var changed = gate.Changed;
            if (gate.State != GateState.Open)
            {
                await StayClosedAsync(changed);
                continue;
            }

            if (_inner is null && !await TryBindAsync())
            {
                continue;
            }

            var accepting = _inner!.AcceptAsync(cancellationToken).AsTask();
            if (await Task.WhenAny(accepting, changed) == changed)
            {
                // Unbinding ends the accept that waits; a connection that slipped in is cut.
                await CloseAsync();
                (await accepting)?.Abort();
                continue;
            }

            if (await accepting is not { } connection)
            {
                return null;
            }

            gate.Accepted();
            _open[connection] = true;
            connection.ConnectionClosed.Register(() => _open.TryRemove(connection, out _));
            return connection;
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        if (_inner is { } inner)
        {
            await inner.UnbindAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_inner is { } inner)
        {
            await inner.DisposeAsync();
        }

        _unbound.Dispose();
    }

    private async Task StayClosedAsync(Task changed)
    {
        await CloseAsync();
        foreach (var connection in _open.Keys)
        {
            connection.Abort(new ConnectionAbortedException("The device is gone."));
        }

        Swallow? swallow = null;
        try
        {
            swallow = gate.State == GateState.Swallowing ? new Swallow(address) : null;
            await changed.WaitAsync(_unbound.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            swallow?.Dispose();
        }
    }

    private async Task CloseAsync()
    {
        if (_inner is { } inner)
        {
            _inner = null;
            await inner.UnbindAsync();
            await inner.DisposeAsync();
        }
    }

    private async Task<bool> TryBindAsync()
    {
        try
        {
            _inner = await sockets.BindAsync(address, _unbound.Token);
            return true;
        }
        catch (Exception problem) when (problem is SocketException or AddressInUseException)
        {
            logger.PortTaken(gate.Port, problem);
            await Task.Delay(BindAgainAfter, TimeProvider.System, _unbound.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }
    }
}
