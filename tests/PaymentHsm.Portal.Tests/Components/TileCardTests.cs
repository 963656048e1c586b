using AngleSharp.Dom;
using Bunit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Fleet;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class TileCardTests : PageTests
{
    [Theory]
    [InlineData(Health.Ok, "ok", "OK")]
    [InlineData(Health.Warning, "warning", "Warning")]
    [InlineData(Health.Critical, "critical", "Critical")]
    [InlineData(Health.Unknown, "unknown", "Unknown")]
    public void Render_EachHealth_HasAttributeShapeAndWord(Health health, string attribute, string word)
    {
        var tile = Draw(TestTiles.Tile(health: health));

        Assert.Equal(attribute, tile.GetAttribute("data-health"));
        var shape = tile.QuerySelector("svg.fresh")!;
        Assert.Equal($"#i-{attribute}", shape.QuerySelector("use")!.GetAttribute("href"));
        Assert.Equal(word, shape.GetAttribute("aria-label"));
    }

    [Theory]
    [InlineData(CustodyState.Operator, "operator", "Operator")]
    [InlineData(CustodyState.Customer, "customer", "Contoso Acquiring")]
    [InlineData(CustodyState.HandingOver, "handing-over", "Handing over to Contoso Acquiring")]
    [InlineData(CustodyState.ComingBack, "coming-back", "Coming back from Contoso Acquiring")]
    [InlineData(CustodyState.Unknown, "unknown", "Custody not proven")]
    public void Render_EachCustody_SaysWhoseItIs(CustodyState custody, string attribute, string words)
    {
        var tile = Draw(TestTiles.Tile(custody: custody));

        Assert.Equal(attribute, tile.GetAttribute("data-custody"));
        Assert.Equal(words, tile.QuerySelector(".who")!.TextContent);
    }

    [Theory]
    [InlineData(30, "false")]
    [InlineData(31, "true")]
    public void Render_AgeAroundTheLimit_TurnsStale(int seconds, string stale)
    {
        var tile = Draw(TestTiles.Tile(age: TimeSpan.FromSeconds(seconds)));

        Assert.Equal(stale, tile.GetAttribute("data-stale"));
        Assert.Equal("30000", tile.GetAttribute("data-stale-after"));
    }

    [Fact]
    public void Render_Tampered_SaysTamperAboveAll()
    {
        var tile = Draw(TestTiles.Tampered());

        Assert.Equal("true", tile.GetAttribute("data-tamper"));
        Assert.Equal("TAMPER", tile.QuerySelector(".say.fresh")!.TextContent);
        Assert.Equal("Tamper", tile.QuerySelector("svg.fresh")!.GetAttribute("aria-label"));
    }

    [Fact]
    public void Render_Always_ShowsTimeSerialPlaceAndLifecycle()
    {
        var tile = Draw(TestTiles.Tile(lifecycle: HsmState.PendingDestruction, age: TimeSpan.FromSeconds(7)));

        Assert.Equal("tile-A4665271234F", tile.GetAttribute("data-testid"));
        Assert.Equal("PendingDestruction", tile.GetAttribute("data-lifecycle"));
        Assert.Equal("/fleet/A4665271234F", tile.GetAttribute("href"));
        Assert.Equal("14:05:24Z · 7 s", tile.QuerySelector("time")!.TextContent);
    }

    [Fact]
    public void Render_SameTileAgain_DoesNotDrawAgain()
    {
        var tile = TestTiles.Tile();
        var card = Render<TileCard>(p => p.Add(c => c.Tile, tile).Add(c => c.Stale, false));
        var before = card.RenderCount;

        card.Render(p => p.Add(c => c.Tile, tile).Add(c => c.Stale, false));
        Assert.Equal(before, card.RenderCount);

        card.Render(p => p.Add(c => c.Tile, tile with { Health = Health.Critical }).Add(c => c.Stale, false));
        Assert.Equal(before + 1, card.RenderCount);
    }

    private IElement Draw(HsmTile tile) =>
        Render<TileCard>(p => p.Add(c => c.Tile, tile).Add(c => c.Stale, tile.IsStale(TestTiles.Now))).Find("a.tile");
}
