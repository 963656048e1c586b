using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Transport;

/// <summary>Opens a TCP or mutual TLS byte stream within a time limit, and names what went wrong.</summary>
internal static class StreamConnector
{
    /// <summary>Connects. The stream owns the socket.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="tls">Trust rules, or null for plain TCP.</param>
    /// <param name="limit">Time for the connect and, anew, for the handshake.</param>
    /// <param name="time">Clock of the limit.</param>
    /// <param name="cancellationToken">The caller's patience.</param>
    /// <exception cref="LinkException">Unreachable, TrustFailed, or NoAnswer when the peer breaks off or keeps silent during the handshake.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<Stream> ConnectAsync(string host, int port, MutualTls? tls, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var network = await ConnectAsync(host, port, limit, time, cancellationToken).ConfigureAwait(false);
        return tls is null ? network : await SecureAsync(network, tls, limit, time, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<NetworkStream> ConnectAsync(string host, int port, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var timer = new CancellationTokenSource(limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            await socket.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new LinkException(LinkFault.Unreachable, $"No connection to {host}:{port} ({failure.SocketErrorCode}).", failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new LinkException(LinkFault.Unreachable, $"{host}:{port} did not accept a connection within {limit.TotalSeconds:0.#} s.", late);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(NetworkStream network, MutualTls tls, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var secure = new SslStream(network, leaveInnerStreamOpen: false);
        try
        {
            using var timer = new CancellationTokenSource(limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            await secure.AuthenticateAsClientAsync(tls.ToOptions(), either.Token).ConfigureAwait(false);
            return secure;
        }
        catch (Exception failure)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw failure switch
            {
                AuthenticationException => new LinkException(LinkFault.TrustFailed, $"TLS with {tls.ServerName} failed: {failure.Message}", failure),
                OperationCanceledException when !cancellationToken.IsCancellationRequested =>
                    new LinkException(LinkFault.NoAnswer, $"The TLS handshake with {tls.ServerName} took longer than {limit.TotalSeconds:0.#} s.", failure),
                IOException => new LinkException(LinkFault.NoAnswer, $"{tls.ServerName} broke off the TLS handshake.", failure),
                _ => failure,
            };
        }
    }
}
