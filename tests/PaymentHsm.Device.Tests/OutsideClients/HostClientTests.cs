using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.OutsideClients;

/// <summary>A host that builds its frames by hand, on all three wires of a device of a whole fleet, with nothing but what the control API and the simulator's files tell outsiders.</summary>
public sealed class HostClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    [InlineData("udp")]
    public async Task Commands_OnEachWire_AnswerAsTheManualSays(string wire)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = (await fleet.DeviceAsync()).Description;
        await using var host = await HostAsync(device, wire);

        // NC on a unit as delivered: 13, no LMK is loaded.
        Assert.Equal("ABCDND13", await host.AskAsync("ABCDNC"));

        // B2: whatever was sent.
        Assert.Equal("0001B300ping", await host.AskAsync("0001B20004ping"));

        // NO, mode 00: digits for buffer and sockets, then the firmware's revision.
        Assert.Matches("^ZZZZNP00[0-9]{4,7}.{4}-.{4}[0-9]*$", await host.AskAsync("ZZZZNO00"));

        // JK: the serial number of the device that the control API names.
        Assert.StartsWith($"HEADJL00{(string?)device["serial"]}", await host.AskAsync("HEADJK"), StringComparison.Ordinal);

        // A trailer comes back; an unknown command is refused.
        Assert.EndsWith("\u0019TRACE-1", await host.AskAsync("HEADNC\u0019TRACE-1"), StringComparison.Ordinal);
        Assert.Matches("^HEADXY(?!00)..$", await host.AskAsync("HEADXX"));
    }

    private static async Task<Host> HostAsync(JsonObject device, string wire)
    {
        var port = (int)device[wire switch { "tcp" => "hostPort", "tls" => "hostTlsPort", _ => "hostUdpPort" }]!;
        var socket = wire == "udp"
            ? new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, Stop);
        if (wire == "udp")
        {
            return new Host(socket, null);
        }

        var stream = new NetworkStream(socket, ownsSocket: true);
        return new Host(socket, wire == "tls" ? await SecureAsync(stream, device) : stream);
    }

    private static async Task<SslStream> SecureAsync(NetworkStream stream, JsonObject device)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile((string)device["caFile"]!);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        var secure = new SslStream(stream);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = policy,
                ClientCertificates = [X509Certificate2.CreateFromPemFile((string)device["hostClientFile"]!)],
            },
            Stop);
        return secure;
    }

    private sealed class Host(Socket socket, Stream? stream) : IAsyncDisposable
    {
        /// <summary>Two bytes of length, high byte first, then the body.</summary>
        public async Task<string> AskAsync(string body)
        {
            var bytes = Encoding.Latin1.GetBytes(body);
            byte[] frame = [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
            var answer = stream is null ? await DatagramAsync(frame) : await StreamAsync(stream, frame);
            Assert.Equal(answer.Length - 2, (answer[0] << 8) | answer[1]);
            return Encoding.Latin1.GetString(answer, 2, answer.Length - 2);
        }

        public async ValueTask DisposeAsync()
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            socket.Dispose();
        }

        private static async Task<byte[]> StreamAsync(Stream stream, byte[] frame)
        {
            await stream.WriteAsync(frame, Stop);
            var prefix = new byte[2];
            await stream.ReadExactlyAsync(prefix, Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Stop);
            var body = new byte[(prefix[0] << 8) | prefix[1]];
            await stream.ReadExactlyAsync(body, Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Stop);
            return [.. prefix, .. body];
        }

        private async Task<byte[]> DatagramAsync(byte[] frame)
        {
            await socket.SendAsync(frame, Stop);
            var buffer = new byte[2048];
            var count = await socket.ReceiveAsync(buffer, Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Stop);
            return buffer[..count];
        }
    }
}
