using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Racks;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Racks;

public sealed class RackDrawingTests
{
    [Fact]
    public void Rows_DevicesAndGaps_EveryUnitOnce()
    {
        var bolted = new SiteRecord(HsmSerial.Parse("A4665271240B"), new SiteArrival("M", "S", "p", "Ada", "dc", TestTiles.Now), new SiteRacking(new Location("eastus", "stamp1", "R12", 18), "a", "b", "o", "1", "2", "m", "dc", TestTiles.Now));

        var rows = RackDrawing.Rows([TestTiles.Tile(slot: 21)], [bolted]);

        Assert.Equal(Enumerable.Range(1, 42).Reverse(), rows.SelectMany(r => Enumerable.Range(r.To, r.From - r.To + 1).Reverse()));
        Assert.Equal("A4665271234F", rows.Single(r => r.From == 21).Tile?.Serial.ToString());
        Assert.Equal("A4665271240B", rows.Single(r => r is { From: 18, Tile: null }).Bolted?.Serial.ToString());
        Assert.Contains(rows, r => r is { From: 42, To: 22, Tile: null });
        Assert.Contains(rows, r => r is { From: 20, To: 20, Tile: null });
    }

    [Fact]
    public void R46_OneFeedLost_NamesWhatTheOtherWouldTake()
    {
        HsmTile[] tiles = [TestTiles.Tile(readings: TestTiles.Reading(ReadingName.PowerPsu2, Health.Warning)), TestTiles.Tile("A4665271235F", custody: CustodyState.Operator, slot: 22, readings: TestTiles.Reading(ReadingName.PowerPsu2, Health.Warning)), TestTiles.Tile("A4665271236F", slot: 23)];

        var risk = Assert.Single(RackRisks.Of(tiles, "stamp1"));

        Assert.Equal(("Feed A of R12", "2 devices: no second feed", "1 customer, 1 of the operator", "R46"), (risk.Failure, risk.Takes, risk.Whose, risk.Rule));
        Assert.Empty(RackRisks.Of(tiles, "stamp2"));
    }

    [Fact]
    public void R18_SwitchDown_NamesTheCustomersWhoCountOnOneOtherRack()
    {
        var down = TestTiles.Reading(ReadingName.Upstream, Health.Critical);
        HsmTile[] tiles = [TestTiles.Tile(readings: down), TestTiles.Tile("A4665271235F", stamp: "stamp2", rack: "R21"), TestTiles.Tile("A4665271236F", customer: "Fabrikam", readings: down), TestTiles.Tile("A4665271237F", customer: "Fabrikam", stamp: "stamp2", rack: "R21"), TestTiles.Tile("A4665271238F", customer: "Fabrikam", stamp: "stamp2", rack: "R22")];

        var risk = Assert.Single(RackRisks.Of(tiles, "stamp1"));

        Assert.Equal("Switch of R21 in stamp2", risk.Failure);
        Assert.Equal("Contoso Acquiring would have no HSM left in the region", risk.Whose);
    }
}
