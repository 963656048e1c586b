using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Fleet;
using PaymentHsm.Portal.Overdue;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class AttentionTests
{
    [Fact]
    public void With_StuckWork_StandsBetweenCriticalAndWarning()
    {
        HsmTile[] tiles = [Bad("A0000000001A", Health.Warning, 5), Bad("A0000000002A", Health.Critical, 5)];
        OverdueItem[] overdue =
        [
            new("device", "A0000000003A", "Device A0000000003A", "Reclaiming", "Engineering", TestTiles.Now.AddHours(-2), TestTiles.Now.AddHours(-1), "/fleet/A0000000003A"),
            new("device", "A0000000004A", "Device A0000000004A", "Reclaiming", "Engineering", TestTiles.Now.AddHours(-2), TestTiles.Now.AddHours(1), "/fleet/A0000000004A"),
        ];

        var all = Attention.With(Attention.Of(tiles, TestTiles.Now), overdue, TestTiles.Now);

        Assert.Equal(["A0000000002A", "Device A0000000003A", "A0000000001A"], all.Select(a => a.Subject));
    }

    [Fact]
    public void Of_HealthyFleet_IsEmpty() =>
        Assert.Empty(Attention.Of([TestTiles.Tile(), TestTiles.Tile("A4665271235F", custody: CustodyState.Operator)], TestTiles.Now));

    [Fact]
    public void Of_MixedFleet_IsSortedByUrgency()
    {
        HsmTile[] tiles =
        [
            Bad("A0000000001A", Health.Warning, 5),
            Bad("A0000000002A", Health.Critical, 5),
            TestTiles.Tile("A0000000003A", age: TimeSpan.FromMinutes(5)),
            TestTiles.Tampered("A0000000004A"),
            Bad("A0000000005A", Health.Unknown, 5),
        ];

        Assert.Equal(
            [TileStatus.Tamper, TileStatus.Critical, TileStatus.Stale, TileStatus.Unknown, TileStatus.Warning],
            Attention.Of(tiles, TestTiles.Now).Select(i => i.Status));
    }

    [Fact]
    public void Of_SameUrgency_PutsTheOldestFirst()
    {
        var items = Attention.Of([Bad("A0000000001A", Health.Critical, 5), Bad("A0000000002A", Health.Critical, 50), Bad("A0000000003A", Health.Critical, 20)], TestTiles.Now);

        Assert.Equal(["A0000000002A", "A0000000003A", "A0000000001A"], items.Select(i => i.Subject));
    }

    [Fact]
    public void Of_DevicesBehindADeadSwitch_StandUnderOneLine()
    {
        var upstream = TestTiles.Reading(ReadingName.Upstream, Health.Critical, word: "LinkDown");
        HsmTile[] tiles =
        [
            TestTiles.Tile("A0000000001A", Health.Unknown, rack: "R22", readings: upstream),
            TestTiles.Tile("A0000000002A", Health.Unknown, CustodyState.Operator, rack: "R22", readings: upstream),
            TestTiles.Tile("A0000000003A", Health.Critical, rack: "R23", readings: TestTiles.Reading(ReadingName.LinkHost1, Health.Critical)),
        ];

        var items = Attention.Of(tiles, TestTiles.Now);

        Assert.Equal(["R22", "A0000000003A"], items.Select(i => i.Subject));
        Assert.Contains("2 devices behind it", items[0].Where, StringComparison.Ordinal);
        Assert.Equal("1 customer, 1 of ours", items[0].Whose);
    }

    [Fact]
    public void Of_TamperBehindADeadSwitch_KeepsItsOwnLine()
    {
        var tampered = TestTiles.Tampered("A0000000001A");
        var readings = tampered.Readings.ToDictionary();
        readings[ReadingName.Upstream] = TestTiles.Reading(ReadingName.Upstream, Health.Critical);

        var items = Attention.Of([tampered with { Readings = readings }], TestTiles.Now);

        Assert.Equal([TileStatus.Tamper, TileStatus.Critical], items.Select(i => i.Status));
    }

    [Fact]
    public void Of_ReadingsWithOneCause_AreSaidOnce()
    {
        var tile = TestTiles.Tile(health: Health.Critical, readings:
        [
            TestTiles.Reading(ReadingName.LinkHost1, Health.Critical, why: "No link."), TestTiles.Reading(ReadingName.LinkHost2, Health.Critical, why: "No link."),
        ]);

        Assert.Equal("HOST1 link, HOST2 link: No link", Assert.Single(Attention.Of([tile], TestTiles.Now)).What);
    }

    private static HsmTile Bad(string serial, Health health, int minutes) => TestTiles.Tile(
        serial, health, readings: TestTiles.Reading(ReadingName.Fan1, health, since: TestTiles.Now - TimeSpan.FromMinutes(minutes), number: 97));
}
