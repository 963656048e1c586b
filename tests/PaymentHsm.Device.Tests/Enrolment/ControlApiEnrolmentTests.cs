using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Enrolment;
using PaymentHsm.Device.Redfish;
using PaymentHsm.Device.Tests.Redfish;
using PaymentHsm.Device.Transport;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Enrolment;

public sealed class ControlApiEnrolmentTests : IDisposable, ILogger<ControlApiEnrolment>
{
    private readonly string _caFile = Path.Combine(Path.GetTempPath(), $"oob-ca-{Guid.NewGuid():N}.pem");
    private readonly List<string> _lines = [];

    public ControlApiEnrolmentTests() => File.WriteAllText(_caFile, TestCertificates.TrustPem);

    [Fact]
    public async Task Read_GoodRecord_IsEnrolledAndFound()
    {
        var directory = new DeviceDirectory();
        var device = Assert.Single(await ReadAsync(directory, $"[{Record()}]"));
        Assert.Equal(new EnrolledDevice(DeviceDocuments.Serial, new Location("eastus", "stamp1", "R12", 21), "payShield 10K", DeviceDocuments.ServiceId), device);
        Assert.Equal(("127.0.0.1", 1500, 2500), (directory.Find(device.Serial).Host, directory.Find(device.Serial).Port, directory.Find(device.Serial).TlsPort));
        Assert.Equal("tor-R12", directory.FindEntry(device.Serial).Switch!.Name);
        Assert.DoesNotContain("p-admin", directory.FindEntry(device.Serial).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"slot\":21", "\"slot\":\"21\"", "slot")]
    [InlineData("\"hostPort\":1500", "\"hostPort\":70000", "hostPort")]
    [InlineData("\"oobUrl\":\"https", "\"oobUrl\":\"http", "oobUrl")]
    [InlineData("\"password\":\"p-admin\"", "\"x\":1", "accounts.admin")]
    [InlineData("\"region\":\"eastus\"", "\"region\":null", "region")]
    [InlineData("\"caFile\":\"", "\"caFile\":\"/nowhere", "caFile")]
    [InlineData("\"serviceUuid\":\"6", "\"serviceUuid\":\"x", "serviceUuid")]
    public async Task Read_WrongField_LeavesThatDeviceOutAndNamesTheField(string good, string bad, string field)
    {
        var other = Record().Replace(DeviceDocuments.Serial.ToString(), "A4665271235G", StringComparison.Ordinal);
        var devices = await ReadAsync(new DeviceDirectory(), $"[{Record().Replace(good, bad, StringComparison.Ordinal)},{other}]");
        Assert.Equal("A4665271235G", Assert.Single(devices).Serial.ToString());
        Assert.Contains(_lines, line => line.Contains(DeviceDocuments.Serial.ToString(), StringComparison.Ordinal) && line.Contains($"'{field}'", StringComparison.Ordinal));
        Assert.DoesNotContain(_lines, line => line.Contains("p-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    public async Task Read_NoList_IsAProtocolFault(string body)
    {
        var failure = await Assert.ThrowsAsync<LinkException>(() => ReadAsync(new DeviceDirectory(), body));
        Assert.Equal(LinkFault.Protocol, failure.Fault);
    }

    /// <summary>Not read yet is not the same as not enrolled.</summary>
    [Fact]
    public void Find_UnknownDevice_SaysWhetherTheRecordsWereRead()
    {
        var directory = new DeviceDirectory();
        Assert.True(Assert.Throws<LinkException>(() => directory.Find(DeviceDocuments.Serial)).IsTransient);
        directory.Replace([]);
        Assert.Throws<KeyNotFoundException>(() => directory.Find(DeviceDocuments.Serial));
    }

    [Fact]
    public async Task Read_MoreConnectionsThanFileHandles_IsSaidOnce()
    {
        await ReadAsync(new DeviceDirectory(), $"[{Record()}]");
        Assert.DoesNotContain(_lines, l => l.Contains("ulimit -n", StringComparison.Ordinal));

        await ReadAsync(new DeviceDirectory(), $"[{Record()}]", new RedfishLimits { Connections = 1_000_000_000 });
        Assert.Equal(FileHandles.Limit() is null ? 0 : 1, _lines.Count(l => l.Contains("ulimit -n", StringComparison.Ordinal) && l.Contains("Polling:Connections", StringComparison.Ordinal)));
    }

    public void Dispose() => File.Delete(_caFile);

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));

    private async Task<IReadOnlyList<EnrolledDevice>> ReadAsync(DeviceDirectory directory, string body, RedfishLimits? limits = null)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, body);
        using var enrolment = new ControlApiEnrolment(() => new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), directory, limits ?? new RedfishLimits(), this);
        var reading = enrolment.ReadAsync(TestContext.Current.CancellationToken);
        await serving;
        return await reading;
    }

    private static async Task ServeAsync(TcpListener listener, string body)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        Assert.Equal("GET /devices HTTP/1.1", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 })
        {
        }

        var answer = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer), TestContext.Current.CancellationToken);
    }

    private string Record() => $$"""
        {"serial":"{{DeviceDocuments.Serial}}","region":"eastus","stamp":"stamp1","rack":"R12","slot":21,"model":"payShield 10K","firmware":"2.2b","serviceUuid":"{{DeviceDocuments.ServiceId}}",
         "hostPort":1500,"hostTlsPort":2500,"hostUdpPort":null,"oobUrl":"https://127.0.0.1:9","caFile":"{{_caFile}}",
         "accounts":{"monitor":{"userName":"oob-monitor","password":"p-m"},"operator":{"userName":"oob-operator","password":"p-o"},"reclaim":{"userName":"oob-reclaim","password":"p-r"},"admin":{"userName":"oob-admin","password":"p-admin"} },
         "feeds":{"A":true,"B":true},"switch":{"name":"tor-R12","url":"https://127.0.0.1:10","up":true},"pdu":{"url":"https://127.0.0.1:11"},"state":"Released"}
        """;
}
