using Bunit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Fleet;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class OverviewPageTests : PageTests
{
    [Fact]
    public void Push_DeviceTurnsCritical_TileCountAndAttentionFollow()
    {
        var tile = TestTiles.Tile();
        Feed.Push(tile);
        var page = Render<OverviewPage>();
        Assert.Contains("Nothing needs attention", page.Markup, StringComparison.Ordinal);
        page.WaitForState(() => Feed.Subscribers > 0);

        Feed.Push(TestTiles.Tile(health: Health.Critical, readings: TestTiles.Reading(ReadingName.LinkHost1, Health.Critical, why: "No link.")));

        page.WaitForAssertion(() =>
        {
            Assert.Equal("critical", page.Find("[data-testid=tile-A4665271234F]").GetAttribute("data-health"));
            Assert.Contains("HOST1 link: No link", page.Find("[data-testid=attention-A4665271234F]").TextContent, StringComparison.Ordinal);
            Assert.Equal("1", page.Find("[data-testid=count-critical] b").TextContent);
        });
    }

    [Fact]
    public void Beat_NoNewReading_TurnsTheTileStaleByTime()
    {
        Feed.Push(TestTiles.Tile());
        var page = Render<OverviewPage>();
        page.WaitForState(() => Feed.Subscribers > 0);
        Assert.Equal("false", page.Find("[data-testid=tile-A4665271234F]").GetAttribute("data-stale"));

        Clock.Advance(TimeSpan.FromSeconds(40));

        page.WaitForAssertion(() =>
        {
            Assert.Equal("true", page.Find("[data-testid=tile-A4665271234F]").GetAttribute("data-stale"));
            Assert.Contains("No reading in time", page.Find("[data-testid=attention]").TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void EnrolmentNotReadSinceTheStart_SaysSo_UntilItIs()
    {
        Feed.Push(TestTiles.Tile());
        Enrolment.IsRead = false;
        var page = Render<OverviewPage>();
        page.WaitForState(() => Feed.Subscribers > 0);
        Assert.Contains("No device is asked", page.Find("[data-testid=enrolment-unread]").TextContent, StringComparison.Ordinal);

        Enrolment.IsRead = true;
        Feed.Push(TestTiles.Tile(health: Health.Warning));

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=enrolment-unread]")));
    }

    [Fact]
    public void Break_TheFeed_SaysSoAndFollowsAgain()
    {
        Feed.Push(TestTiles.Tile());
        var page = Render<OverviewPage>();
        page.WaitForState(() => Feed.Subscribers > 0);

        Feed.Break();
        page.WaitForAssertion(() => Assert.Contains("The fleet feed does not answer", page.Markup, StringComparison.Ordinal));

        // The wait for the next try begins a moment after the words appear: time moves until the page is back.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                return Feed.Subscribers == 1;
            },
            TimeSpan.FromSeconds(10)));
        page.WaitForAssertion(() => Assert.DoesNotContain("The fleet feed does not answer", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_StatusInTheAddress_ShowsOnlyThoseTiles()
    {
        Feed.Push(TestTiles.Tile(), TestTiles.Tampered());
        Services.GetNavigation().NavigateTo("/?status=tamper");

        var page = Render<OverviewPage>();

        Assert.Single(page.FindAll("a.tile"));
        Assert.NotNull(page.Find("[data-testid=tile-A4665271240B]"));
    }
}
