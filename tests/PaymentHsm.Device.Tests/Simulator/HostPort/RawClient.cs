using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PaymentHsm.Device.Tests.HostCommands;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>A host that sends what no client of ours would.</summary>
internal sealed class RawClient(Socket socket) : IAsyncDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public Socket Socket => socket;

    public static async Task<RawClient> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return new RawClient(socket);
    }

    /// <summary>True when a connection is refused, reset, or closed without a byte.</summary>
    public static async Task<bool> IsRefusedAsync(int port)
    {
        try
        {
            await using var client = await ConnectAsync(port);
            return await client.IsClosedAsync();
        }
        catch (SocketException)
        {
            return true;
        }
    }

    public Task SendAsync(string hex) => SendAsync(Wire.Hex(hex));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Sends a frame with this body.</summary>
    public Task SendBodyAsync(ReadOnlySpan<byte> body)
    {
        var frame = new byte[2 + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)body.Length);
        body.CopyTo(frame.AsSpan(2));
        return SendAsync(frame);
    }

    public Task SendTextAsync(string body) => SendBodyAsync(Encoding.Latin1.GetBytes(body));

    /// <summary>Body of the next answer.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var prefix = new byte[2];
        await _stream.ReadExactlyAsync(prefix, patience.Token);
        var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await _stream.ReadExactlyAsync(body, patience.Token);
        return body;
    }

    public async Task<string> ReceiveTextAsync() => Encoding.Latin1.GetString(await ReceiveAsync());

    public async Task<string> AskAsync(string body)
    {
        await SendTextAsync(body);
        return await ReceiveTextAsync();
    }

    /// <summary>True when the device ends the connection without another byte; resets count.</summary>
    public async Task<bool> IsClosedAsync(Action? meanwhile = null)
    {
        var read = ReadByteAsync();
        await Eventually.TrueAsync(() => read.IsCompleted, "the device neither answered nor closed", meanwhile);
        return await read;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<bool> ReadByteAsync()
    {
        try
        {
            return await _stream.ReadAsync(new byte[1]) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
