using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace PaymentHsm.Device.Simulator.Listening;

/// <summary>
/// Ports that were chosen and that nobody serves yet. A listening socket keeps each of them: between the choice and the first listener another fleet, in this
/// process or in another, would find the same port free.
/// </summary>
internal static class HeldPorts
{
    private static readonly ConcurrentDictionary<int, Socket> Held = [];

    /// <summary>Holds a loopback port; false when it is somebody's.</summary>
    public static bool TryHold(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // A socket that is only bound does not keep others from binding.
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            if (Held.TryAdd(port, socket))
            {
                return true;
            }
        }
        catch (SocketException)
        {
            // Somebody's.
        }

        socket.Dispose();
        return false;
    }

    /// <summary>A bound socket for whoever serves the address from now on: the one that holds the port, or a new one.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static Socket SocketFor(EndPoint address) =>
        address is IPEndPoint place && IPAddress.IsLoopback(place.Address) && Held.TryRemove(place.Port, out var held) ? held : SocketTransportOptions.CreateDefaultBoundListenSocket(address);

    /// <summary>Ends the holding of those that nobody has taken.</summary>
    public static void LetGo(IEnumerable<int> ports)
    {
        foreach (var port in ports)
        {
            if (Held.TryRemove(port, out var socket))
            {
                socket.Dispose();
            }
        }
    }
}
