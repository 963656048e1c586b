using System.Net;
using System.Net.Sockets;

namespace PaymentHsm.Portal.Hosting;

/// <summary>Ports that are free at the moment of asking, for listeners that take a number only: two portals on one machine must not collide.</summary>
internal static class FreePorts
{
    public static (int First, int Second) Two()
    {
        using var a = Listen();
        using var b = Listen();
        return (Port(a), Port(b));
    }

    private static Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
