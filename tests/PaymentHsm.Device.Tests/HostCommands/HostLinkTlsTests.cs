using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.Simulator.HostPort;
using PaymentHsm.Device.Tests.Simulator.HostPort;
using PaymentHsm.Device.Transport;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.HostCommands;

/// <summary>Mutual TLS between driver and port (BAD-INPUTS A32, A33). A refused certificate may show only after the handshake.</summary>
public sealed class HostLinkTlsTests : IDisposable
{
    private readonly TestCertificates _site = new();
    private readonly TestCertificates _stranger = new();
    private readonly List<X509Certificate2> _issued = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KnownCertificates_Serve()
    {
        await using var port = await StartAsync();
        await using (var link = await LinkAsync(port, _site.Authority, Keep(_site.Client())))
        {
            Assert.True((await link.DiagnoseAsync(Token)).IsDone);
            Assert.Equal(20000, (await link.EchoAsync(new byte[20000], Token)).Value);
            Assert.Equal((1L, 0L), (port.Server.AcceptedHostTls, port.Server.AcceptedHost));
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("unknown")]
    [InlineData("expired")]
    public async Task BadClientCertificate_IsTrustFailed_EvenAfterConnect(string kind)
    {
        await using var port = await StartAsync();
        var client = kind switch
        {
            "unknown" => Keep(_stranger.Client()),
            "expired" => Keep(_site.ExpiredClient()),
            _ => null,
        };
        var failure = await Assert.ThrowsAsync<LinkException>(async () =>
        {
            await using var link = await LinkAsync(port, _site.Authority, client);
            await link.DiagnoseAsync(Token);
        });
        Assert.Equal((LinkFault.TrustFailed, false), (failure.Fault, failure.IsTransient));
        Assert.Equal(0, port.Counters.CountOf("NC"));
        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task UnknownDeviceCertificate_IsTrustFailed()
    {
        await using var port = await StartAsync();
        var failure = await Assert.ThrowsAsync<LinkException>(() => LinkAsync(port, _stranger.Authority, Keep(_site.Client())));
        Assert.Equal(LinkFault.TrustFailed, failure.Fault);
        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task WrongName_IsTrustFailed()
    {
        await using var port = await StartAsync("other-unit");
        var failure = await Assert.ThrowsAsync<LinkException>(() => LinkAsync(port, _site.Authority, Keep(_site.Client())));
        Assert.Equal(LinkFault.TrustFailed, failure.Fault);
    }

    [Fact]
    public async Task PlainCommandOnTheTlsPort_IsClosed()
    {
        await using var port = await StartAsync();
        await using (var client = await RawClient.ConnectAsync(port.Server.HostTlsPort))
        {
            await client.SendAsync("0006484541444e43");
            await Eventually.TrueAsync(() => port.Server.OpenConnections == 0, "the connection is still open");
        }

        Assert.Equal(0, port.Counters.CountOf("NC"));
        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task TlsOnAPlainPeer_IsALinkFailure()
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            await talk.Socket.ReceiveAsync(new byte[16], SocketFlags.None);
            await talk.SendAsync(ScriptedPeer.Talk.Frame("HEADZZ15"u8));
        });
        var failure = await Assert.ThrowsAsync<LinkException>(() =>
            new TestLinks(peer.Port, tls: new MutualTls(_site.Authority, "127.0.0.1", Keep(_site.Client()))).OpenAsync());
        Assert.Equal(LinkFault.TrustFailed, failure.Fault);
    }

    public void Dispose()
    {
        _issued.ForEach(certificate => certificate.Dispose());
        _site.Dispose();
        _stranger.Dispose();
    }

    private static Task<HostLink> LinkAsync(TestPort port, X509Certificate2 authority, X509Certificate2? client) =>
        new TestLinks(port.Server.HostTlsPort, tls: new MutualTls(authority, IPAddress.Loopback.ToString(), client)).OpenAsync();

    private Task<TestPort> StartAsync(string name = "127.0.0.1") => TestPort.StartAsync(new HostPortOptions
    {
        HostTlsPort = 0,
        ServerCertificate = Keep(_site.Server(name)),
        ClientAuthority = _site.Authority,
    });

    private X509Certificate2 Keep(X509Certificate2 certificate)
    {
        _issued.Add(certificate);
        return certificate;
    }
}
