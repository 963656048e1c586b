using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Tickets;

/// <summary>R55: the highest severity follows from the topology.</summary>
public sealed class SeverityGuardTests
{
    private static readonly HsmTile Device = TestTiles.Tile();

    [Fact]
    public void R55_OnlyDevice_GetsNoHighestSeverityAndSaysWhy()
    {
        var judged = SeverityGuard.Judge(Severity.Critical, Device, [Device], SeverityWording.DeploymentGuide);
        Assert.Equal((Severity.High, false), (judged.Given, judged.HighestOpen));
        Assert.Contains("Severity A", judged.Why, StringComparison.Ordinal);
        Assert.Contains("no other", judged.Topology, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stamp2", "eastus", "Contoso Acquiring", HsmState.Allocated, true)]
    [InlineData("stamp1", "eastus", "Contoso Acquiring", HsmState.Allocated, false)]
    [InlineData("stamp2", "westeurope", "Contoso Acquiring", HsmState.Allocated, false)]
    [InlineData("stamp2", "eastus", "Fabrikam", HsmState.Allocated, false)]
    [InlineData("stamp2", "eastus", "Contoso Acquiring", HsmState.Reclaiming, false)]
    public void R55_SecondDevice_CountsOnAnotherStampOfTheRegionOnly(string stamp, string region, string customer, HsmState state, bool open)
    {
        var second = TestTiles.Tile("A4665281406H", customer: customer, lifecycle: state, region: region, stamp: stamp);
        Assert.Equal(open, SeverityGuard.Judge(Severity.Critical, Device, [Device, second], SeverityWording.SupportGuide).HighestOpen);
    }

    [Fact]
    public void R55_LowerSeverity_IsGivenAsAsked() => Assert.False(SeverityGuard.Judge(Severity.High, Device, [Device], SeverityWording.SupportGuide).Lowered);
}
