using Microsoft.Extensions.Logging.Abstractions;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.Transport;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.HostCommands;

/// <summary>Accesses and links to one port on loopback.</summary>
internal sealed class TestLinks(int port, TimeProvider? time = null, HostLinkOptions? options = null, MutualTls? tls = null, int headerLength = 4) : IHostEndpoints
{
    public static readonly HsmSerial Serial = HsmSerial.Parse("S0420000017A");

    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    public int Lookups { get; private set; }

    public HostLinks Links => new(this, options ?? new HostLinkOptions(), Time, NullLogger<HostLinks>.Instance);

    public HostEndpoint Find(HsmSerial serial)
    {
        Lookups++;
        return serial == Serial ? new HostEndpoint("127.0.0.1", port, tls, headerLength) : throw new KeyNotFoundException();
    }

    public LogicalAccess Mint(string serial = "S0420000017A")
    {
        var now = Time.GetUtcNow();
        var verdict = LogicalAccess.Mint(new CustodyFacts(HsmSerial.Parse(serial), CustodyState.Operator, now), LogicalAccessPurpose.PoolCare, now);
        return Assert.IsType<LogicalAccessVerdict.Granted>(verdict).Access;
    }

    public Task<HostLink> OpenAsync() => Links.OpenLinkAsync(Mint(), TestContext.Current.CancellationToken);
}
