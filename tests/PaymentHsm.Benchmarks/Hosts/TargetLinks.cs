using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Benchmarks.Hosts;

/// <summary>The product's links to targets in turn: the n-th link goes to the n-th port, and round again.</summary>
internal sealed class TargetLinks : IHostEndpoints, IAsyncDisposable
{
    /// <summary>An access lives for seconds, a benchmark for minutes: its clock for minting is ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    private readonly int[] _ports;
    private readonly HostLinks _links;

    private TargetLinks(int[] ports)
    {
        _ports = ports;
        _links = new HostLinks(this, new HostLinkOptions { ConnectLimit = TimeSpan.FromSeconds(20) }, TimeProvider.System, NullLogger<HostLinks>.Instance);
    }

    public List<HostLink> Links { get; } = [];

    public static async Task<TargetLinks> OpenAsync(int[] ports, int count, CancellationToken stop)
    {
        var links = new TargetLinks(ports);
        try
        {
            for (var i = 0; i < count; i++)
            {
                links.Links.Add(await links._links.OpenLinkAsync(Mint(i), stop));
            }

            return links;
        }
        catch
        {
            await links.DisposeAsync();
            throw;
        }
    }

    public HostEndpoint Find(HsmSerial serial) =>
        new("127.0.0.1", _ports[int.Parse(serial.ToString().AsSpan(1, 10), CultureInfo.InvariantCulture) % _ports.Length]);

    public async ValueTask DisposeAsync()
    {
        foreach (var link in Links)
        {
            await link.DisposeAsync();
        }
    }

    private static LogicalAccess Mint(int index)
    {
        var ahead = DateTimeOffset.UtcNow + Ahead;
        var facts = new CustodyFacts(HsmSerial.Parse(string.Create(CultureInfo.InvariantCulture, $"S{index:D10}A")), CustodyState.Operator, ahead);
        return LogicalAccess.Mint(facts, LogicalAccessPurpose.PoolCare, ahead) is LogicalAccessVerdict.Granted granted
            ? granted.Access
            : throw new InvalidOperationException("An access to a device in the operator's custody was denied.");
    }
}
