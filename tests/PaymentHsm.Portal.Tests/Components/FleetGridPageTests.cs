using Bunit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Fleet;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class FleetGridPageTests : PageTests
{
    [Fact]
    public void Render_FilterInTheAddress_IsAskedOfTheQuery()
    {
        Services.GetNavigation().NavigateTo("/fleet?q=contoso&region=eastus&stamp=stamp2&lifecycle=Allocated&custody=customer&health=critical&sort=observed&dir=desc&page=3");

        var page = Render<FleetGridPage>();

        page.WaitForState(() => Fleet.Asked.Count > 0);
        Assert.Equal(new FleetFilter("contoso", "eastus", "stamp2", HsmState.Allocated, CustodyState.Customer, Health.Critical, "observed", true, 100, 50), Fleet.Asked[0]);
    }

    [Fact]
    public void Render_NonsenseInTheAddress_ShowsEverythingInsteadOfAnError()
    {
        Services.GetNavigation().NavigateTo("/fleet?health=purple&sort=nothing&page=-4");

        var page = Render<FleetGridPage>();

        page.WaitForState(() => Fleet.Asked.Count > 0);
        Assert.Equal(new FleetFilter(), Fleet.Asked[0]);
    }

    [Fact]
    public void Change_AFilter_GoesIntoTheAddressAndTheQuery()
    {
        Fleet.Page = new FleetPage(1, [new FleetRow(TestTiles.Tile(), "payShield 10K", "1.9a")]);
        Feed.Push(TestTiles.Tile());
        var page = Render<FleetGridPage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-testid=row-A4665271234F]")));

        page.Find("#f-health").Change("Critical");

        Assert.EndsWith("/fleet?health=Critical", Services.GetNavigation().Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(Health.Critical, Fleet.Asked[^1].Health));
    }

    [Fact]
    public void Push_AChangedDevice_ChangesItsRowInPlace()
    {
        Fleet.Page = new FleetPage(1, [new FleetRow(TestTiles.Tile(), "payShield 10K", "1.9a")]);
        Feed.Push(TestTiles.Tile());
        var page = Render<FleetGridPage>();
        page.WaitForAssertion(() => Assert.Equal("ok", page.Find("[data-testid=row-A4665271234F]").GetAttribute("data-health")));
        page.WaitForState(() => Feed.Subscribers > 0);

        Feed.Push(TestTiles.Tile(health: Health.Warning));

        page.WaitForAssertion(() => Assert.Equal("warning", page.Find("[data-testid=row-A4665271234F]").GetAttribute("data-health")));
    }
}
