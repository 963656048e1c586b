using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Firmware;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;
using PaymentHsm.Portal.Tests.Lifecycle;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Firmware;

/// <summary>R37: a listing that has ended while devices run that firmware is one ticket, whatever happens to the process.</summary>
public sealed class ListingWatchTests : IFirmwareCatalogue
{
    private DateTimeOffset _ptsUntil = TestTiles.Now.AddDays(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task<FirmwareCatalogue> ReadAsync(CancellationToken cancellationToken)
    {
        var fips = new Listing("FIPS-4711", TestTiles.Now.AddYears(-2), TestTiles.Now.AddYears(2));
        return Task.FromResult(new FirmwareCatalogue([new FirmwareImage(
            "2.1a", new Uri("https://images.test/payshield-2.1a.bin"), new string('0', 64), "sig", fips, fips with { Id = "PTS-9", ValidUntil = _ptsUntil }, "engineer1", TestTiles.Now, "engineer2", TestTiles.Now)]));
    }

    [Fact]
    public async Task R37_ListingEnds_OneTicketNamesTheDevicesThatRunIt()
    {
        await using var scene = await LifecycleScene.StartAsync(3, Stop);
        var serials = scene.Devices.Select(d => d.Serial).ToList();
        var feed = new TestFleetFeed(
            TestTiles.Tile(serials[0].ToString()) with { Firmware = "2.2b" }, TestTiles.Tile(serials[1].ToString()) with { Firmware = "2.1a" }, TestTiles.Tile(serials[2].ToString()) with { Firmware = "2.1a" });

        // It ends soon: that is said, and nobody has to work on it yet.
        using var first = Watch(scene, feed);
        await first.LookAsync(Stop);
        Assert.Empty(await TicketsAsync(scene));

        // It has ended; whoever looks again, also after a restart, finds the ticket there.
        scene.Clock.Advance(TimeSpan.FromDays(11));
        await first.LookAsync(Stop);
        await first.LookAsync(Stop);
        await scene.RestartAsync();
        using var second = Watch(scene, feed);
        await second.LookAsync(Stop);

        var ticket = Assert.Single(await TicketsAsync(scene));
        Assert.Equal("PCI PTS HSM v3 of firmware 2.1a has ended", ticket.Subject);
        Assert.Equal((TicketState.Open, serials[1]), (ticket.State, ticket.Serial));
        Assert.NotNull(ticket.Clock.Due);
        Assert.All(serials[1..], s => Assert.Contains(s.ToString(), ticket.Description, StringComparison.Ordinal));
        Assert.DoesNotContain(serials[0].ToString(), ticket.Description, StringComparison.Ordinal);
        await using var db = scene.Get<IPortalDbs>().Open();
        Assert.Equal(1, await db.Audit.CountAsync(a => a.Action == "ticket.opened" && a.RuleId == "R37", Stop));
        Assert.Equal(1, await db.Notices.CountAsync(n => n.Kind == "firmware.listing", Stop));
    }

    [Fact]
    public async Task R37_NoDeviceRunsIt_NoTicket()
    {
        await using var scene = await LifecycleScene.StartAsync(1, Stop);
        _ptsUntil = TestTiles.Now.AddDays(-1);
        using var watch = Watch(scene, new TestFleetFeed(TestTiles.Tile(scene.Devices[0].Serial.ToString()) with { Firmware = "2.2b" }));
        await watch.LookAsync(Stop);

        Assert.Empty(await TicketsAsync(scene));
        await using var db = scene.Get<IPortalDbs>().Open();
        Assert.Equal(1, await db.Audit.CountAsync(a => a.Action == "firmware.listing.ended", Stop));
    }

    private ListingWatch Watch(LifecycleScene scene, TestFleetFeed feed) => new(
        this, new FirmwarePool(scene.Get<IDeviceStore>(), scene.Get<IOperationStore>(), feed, scene.Clock), scene.Get<Ledger>(), scene.Get<NoticeWriter>(), new PortalSettings(), scene.Clock, NullLogger<ListingWatch>.Instance);

    private static async Task<IReadOnlyList<Ticket>> TicketsAsync(LifecycleScene scene)
    {
        await using var db = scene.Get<IPortalDbs>().Open();
        return [.. (await db.Tickets.AsNoTracking().ToListAsync(Stop)).Select(t => t.ToTicket())];
    }
}
