using System.Net;
using System.Net.Sockets;

namespace PaymentHsm.Device.Simulator.Listening;

/// <summary>
/// A port that swallows: it listens, its queue is full and nobody empties it, so the kernel drops further connects and they hang (OOB-PROFILE 11
/// Blackhole). This is how Linux behaves; other systems may refuse instead.
/// </summary>
internal sealed class Swallow : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _fill = [];

    public Swallow(EndPoint address)
    {
        _listener.Bind(address);
        _listener.Listen(0);
        for (var i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _fill.Add(socket);
            try
            {
                socket.Connect(address);
            }
            catch (SocketException problem) when (problem.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // As wished: it queues, or hangs.
            }
        }
    }

    public void Dispose()
    {
        _fill.ForEach(s => s.Dispose());
        _listener.Dispose();
    }
}
