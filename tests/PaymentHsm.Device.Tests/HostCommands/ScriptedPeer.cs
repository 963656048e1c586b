using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PaymentHsm.Device.Tests.HostCommands;

/// <summary>A bad HSM: accepts connections and does with each what the script says. Counts what it accepted and what is open.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Func<Talk, Task> _script;
    private readonly Task _loop;
    private int _accepted;
    private int _open;

    public ScriptedPeer(Func<Talk, Task> script)
    {
        _script = script;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _loop = AcceptAsync();
    }

    public int Port { get; }

    public int Accepted => Volatile.Read(ref _accepted);

    public int Open => Volatile.Read(ref _open);

    /// <summary>Answers every request with what <paramref name="answer"/> makes of header and request.</summary>
    public static ScriptedPeer Answering(Func<byte[], string, byte[]> answer) => new(async talk =>
    {
        while (await talk.ReceiveAsync() is { } request)
        {
            await talk.SendAsync(answer(request[..4], Encoding.Latin1.GetString(request.AsSpan(4))));
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                _talks.Add(TalkAsync(socket, Interlocked.Increment(ref _accepted)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped; between two connections the listener itself says that it does not listen any more.
        }
    }

    private async Task TalkAsync(Socket socket, int number)
    {
        Interlocked.Increment(ref _open);
        try
        {
            using (socket)
            {
                await _script(new Talk(socket, number, _stop.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>One accepted connection.</summary>
    internal sealed class Talk(Socket socket, int number, CancellationToken stop)
    {
        /// <summary>1 for the first connection.</summary>
        public int Number => number;

        public Socket Socket => socket;

        public static byte[] Frame(params ReadOnlySpan<byte> body)
        {
            var frame = new byte[2 + body.Length];
            BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)body.Length);
            body.CopyTo(frame.AsSpan(2));
            return frame;
        }

        public static byte[] Frame(byte[] header, string rest) => Frame([.. header, .. Encoding.Latin1.GetBytes(rest)]);

        public async Task SendAsync(byte[] bytes) => await socket.SendAsync(bytes, stop);

        /// <summary>Body of the next request; null when the peer has left.</summary>
        public async Task<byte[]?> ReceiveAsync()
        {
            var prefix = new byte[2];
            if (!await FillAsync(prefix))
            {
                return null;
            }

            var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            return await FillAsync(body) ? body : null;
        }

        private async Task<bool> FillAsync(byte[] buffer)
        {
            for (var filled = 0; filled < buffer.Length;)
            {
                var count = await socket.ReceiveAsync(buffer.AsMemory(filled), stop);
                if (count == 0)
                {
                    return false;
                }

                filled += count;
            }

            return true;
        }
    }
}
