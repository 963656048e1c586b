using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PaymentHsm.Device.Simulator.Listening;

/// <summary>Gives Kestrel its listeners: gated where a gate is known for the port.</summary>
internal sealed class GatedListenerFactory(IReadOnlyDictionary<int, Gate> gates, IOptions<SocketTransportOptions> options, ILoggerFactory loggers) : IConnectionListenerFactory
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);
    private readonly ILogger _logger = loggers.CreateLogger("PaymentHsm.Device.Simulator");

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not IPEndPoint address || !gates.TryGetValue(address.Port, out var gate))
        {
            return await _sockets.BindAsync(endpoint, cancellationToken);
        }

        var listener = new GatedListener(endpoint, gate, _sockets, _logger);
        await listener.StartAsync(cancellationToken);
        return listener;
    }
}
