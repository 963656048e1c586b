using System.Net;
using System.Net.Sockets;
using PaymentHsm.Device.Simulator.Listening;
using PaymentHsm.Device.Simulator.Racks;

namespace PaymentHsm.Device.Tests.Simulator;

public sealed class HeldPortsTests
{
    /// <summary>Two fleets that start at the same moment must not get the same port: the portal would talk to the wrong one's device.</summary>
    [Fact]
    public async Task ChosenPort_IsNobodyElses_UntilItsListenerTakesIt()
    {
        var port = new PortBook([]).Take();
        Assert.Equal(SocketError.AddressAlreadyInUse, Assert.Throws<SocketException>(() => Listen(port)).SocketErrorCode);

        using var own = HeldPorts.SocketFor(new IPEndPoint(IPAddress.Loopback, port));
        own.Listen();
        using var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        using var accepted = await own.AcceptAsync(TestContext.Current.CancellationToken);
        Assert.Equal(client.Client.LocalEndPoint, accepted.RemoteEndPoint);
    }

    [Fact]
    public void PortThatIsLetGo_IsFree()
    {
        var port = new PortBook([]).Take();
        HeldPorts.LetGo([port]);
        Listen(port);
    }

    private static void Listen(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }
}
