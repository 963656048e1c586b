using System.Net;
using System.Net.Sockets;
using System.Text;
using PaymentHsm.Device.Simulator.HostPort;
using PaymentHsm.Device.Tests.HostCommands;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>Host commands over UDP: one datagram, one command; errors of framing are dropped (BAD-INPUTS A46).</summary>
public sealed class HostPortDatagramTests
{
    [Theory]
    [InlineData("0007484541444e43", "prefix too large")]
    [InlineData("0005484541444e43", "prefix too small")]
    [InlineData("0006484541444e430006484541444e43", "two commands")]
    [InlineData("00", "half a prefix")]
    [InlineData("0000", "length 0")]
    [InlineData("000448454144", "no code")]
    [InlineData("ffff484541444e43", "above the I/O buffer")]
    public async Task BrokenDatagram_IsDropped_TheNextIsAnswered(string hex, string row)
    {
        await using var port = await TestPort.StartAsync(new HostPortOptions { HostUdpPort = 0 });
        using var client = Connect(port);
        await client.SendAsync(Wire.Hex(hex), TestContext.Current.CancellationToken);
        await client.SendAsync(Wire.Hex("0008484541444e4f3031"), TestContext.Current.CancellationToken);

        // Datagrams are served in order, so the first answer tells that the broken one got none.
        Assert.Equal((row, "\0\x13HEADNP0010000000000"), (row, await ReceiveAsync(client)));
        Assert.Equal(2, port.Server.ReceivedHostUdp);
    }

    [Fact]
    public async Task LargeDatagram_IsEchoedWhole()
    {
        await using var port = await TestPort.StartAsync(new HostPortOptions { HostUdpPort = 0 });
        using var client = Connect(port);
        byte[] body = [.. "HEADB27000"u8, .. new byte[0x7000]];
        await client.SendAsync((byte[])[(byte)(body.Length >> 8), (byte)body.Length, .. body], TestContext.Current.CancellationToken);
        Assert.Equal(2 + 8 + 0x7000, (await ReceiveAsync(client)).Length);
    }

    [Fact]
    public async Task OutOfService_IsSilent()
    {
        await using var port = await TestPort.StartAsync(new HostPortOptions { HostUdpPort = 0 });
        using var client = Connect(port);
        port.Side.IsServing = false;
        await client.SendAsync(Wire.Hex("0006484541444e43"), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => port.Server.ReceivedHostUdp == 1, "the datagram did not arrive");
        await Eventually.TrueAsync(() => port.Server.Statistics().DiscardedReceiving == 1, "the datagram was not dropped");
        port.Side.IsServing = true;
        await client.SendAsync(Wire.Hex("000b4845414442323030303178"), TestContext.Current.CancellationToken);
        Assert.Equal("\0\x09HEADB300x", await ReceiveAsync(client));
    }

    private static UdpClient Connect(TestPort port)
    {
        var client = new UdpClient();
        client.Connect(IPAddress.Loopback, port.Server.HostUdpPort);
        return client;
    }

    private static async Task<string> ReceiveAsync(UdpClient client)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        return Encoding.Latin1.GetString((await client.ReceiveAsync(patience.Token)).Buffer);
    }
}
