using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace PaymentHsm.Benchmarks.Hosts;

/// <summary>The least that a probe can cost: a socket, a send of fixed bytes, a receive into a fixed buffer, the length looked at. No matching, no deadline, no fields.</summary>
internal sealed class BareSockets : IDisposable
{
    private static readonly byte[] Frame = [0, 6, .. "HEADNC"u8];

    private readonly List<Socket> _sockets = [];
    private readonly List<byte[]> _buffers = [];

    public static async Task<BareSockets> OpenAsync(int[] ports, int count, CancellationToken stop)
    {
        var bare = new BareSockets();
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            bare._sockets.Add(socket);
            bare._buffers.Add(new byte[128]);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, ports[i % ports.Length]), stop);
        }

        return bare;
    }

    /// <summary>One probe; returns the bytes received.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ProbeAsync(int target)
    {
        var (socket, buffer) = (_sockets[target], _buffers[target]);
        await socket.SendAsync(Frame, SocketFlags.None);
        var received = 0;
        while (received < 2 || received < 2 + BinaryPrimitives.ReadUInt16BigEndian(buffer))
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(received), SocketFlags.None);
            received += count > 0 ? count : throw new IOException("A target closed.");
        }

        return received;
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
}
