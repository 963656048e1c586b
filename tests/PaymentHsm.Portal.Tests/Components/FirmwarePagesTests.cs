using Bunit;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Firmware;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class FirmwarePagesTests : PageTests
{
    private static readonly HsmSerial First = HsmSerial.Parse("A4665271234F");

    [Fact]
    public void Firmware_EmptyCatalogue_SaysThatNothingIsApproved()
    {
        var page = Render<FirmwarePage>();

        Assert.Contains("no firmware counts as approved", page.Find("[data-testid=catalogue-empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void R37_Firmware_ListingThatEnds_IsWarnedOf_AndOneThatEndedIsCritical()
    {
        var soon = new ListingExpiry("1.9a", "PCI PTS HSM v3", new Listing("4-90042", TestTiles.Now.AddYears(-1), TestTiles.Now.AddDays(30)));
        Firmware.Overview = Firmware.Overview with { Expiring = [soon, soon with { Version = "1.8a", Listing = soon.Listing with { ValidUntil = TestTiles.Now.AddDays(-1) } }] };

        var notes = Render<FirmwarePage>().FindAll("[data-testid=listing-expiry]");

        Assert.Contains("ends on 2026-12-23, in 30 d", notes[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("ended on", notes[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("critical-bg", notes[1].ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void Firmware_Drift_CountsOursAndCustomersApart()
    {
        DeviceDrift Device(string serial, FirmwareDrift drift, string firmware, string? customer) => new(
            HsmSerial.Parse(serial), new Location("eastus", "stamp1", "R11", 3), firmware, drift, customer is null ? "Available" : "Allocated", customer is null ? CustodyState.Operator : CustodyState.Customer, customer, customer is null);
        Firmware.Overview = Firmware.Overview with
        {
            Devices = [Device("A4665271234F", FirmwareDrift.Behind, "2.1a", null), Device("A4665271235F", FirmwareDrift.Behind, "2.1a", "Contoso"), Device("A4665271236F", FirmwareDrift.OnBase, "2.2b", null)],
        };

        var page = Render<FirmwarePage>();

        Assert.Equal(["1", "1", "2"], page.FindAll("[data-testid='version-2.1a'] td.num").Select(c => c.TextContent));
        Assert.Contains("Ours to patch", page.Find("[data-testid=row-A4665271234F]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Contoso’s to patch", page.Find("[data-testid=row-A4665271235F]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=row-A4665271236F]"));
    }

    [Fact]
    public void Wave_OpenToTheViewer_IsSignedByItsDigest()
    {
        var page = Draw(Planned());

        page.Find("[data-testid=approve]").Click();

        Assert.Equal(Planned().Digest, Assert.Single(Firmware.Signed));
        page.WaitForAssertion(() => Assert.Equal("Canary", page.Find("[data-testid=wave-state]").GetAttribute("data-value")));
        Assert.Empty(page.FindAll("[data-testid=approve]"));
    }

    [Fact]
    public void Wave_ClosedToThePlanner_StaysVisibleWithItsRule()
    {
        Firmware.Closed = new Refusal("R10", RefusalKind.NotThisPerson, "You planned this wave; another engineer signs it.", "Ask another engineer.");
        var page = Draw(Planned());

        var button = page.Find("[data-testid=approve]");
        Assert.Equal("true", button.GetAttribute("aria-disabled"));
        Assert.Contains("R10", page.Find($"#{button.GetAttribute("aria-describedby")}").TextContent, StringComparison.Ordinal);
        Assert.Throws<MissingEventHandlerException>(() => button.Click());
    }

    [Fact]
    public void Wave_StopWithoutAReason_ShowsTheRefusalAndKeepsTheWave()
    {
        Firmware.Refusal = new Refusal("R44", RefusalKind.BadInput, "Stopping a wave needs a reason.");
        var page = Draw(Planned() with { State = WaveState.Patching });

        page.Find("form").Submit();

        Assert.Equal("R44", page.Find("[data-testid=refusal]").GetAttribute("data-rule"));
        Assert.Equal("Patching", page.Find("[data-testid=wave-state]").GetAttribute("data-value"));
    }

    [Fact]
    public void Wave_WhileItRuns_FollowsItsMembers()
    {
        var page = Draw(Planned() with { State = WaveState.Patching });
        Firmware.Wave = Firmware.Wave! with { Version = 2, Members = [Firmware.Wave!.Members[0] with { State = MemberState.Failed, Detail = "It still reports 2.1a at the deadline." }] };

        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("Failed", page.Find($"[data-testid=row-{First}]").GetAttribute("data-value")));
        Assert.Contains("still reports 2.1a", page.Find($"[data-testid=row-{First}]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NoNumbers_AreRefusedByTheRuleAndNotReplacedInSilence()
    {
        Firmware.Refusal = new Refusal("R44", RefusalKind.BadInput, "Limits are wrong.");
        var page = Render<PlanWavePage>();
        page.Find("#w-per").Change("many");
        page.Find("#w-soak").Change("-");

        page.Find("form").Submit();

        Assert.Equal((-1, TimeSpan.MinValue, null), (Firmware.Planned[0].PerStamp, Firmware.Planned[0].Soak, Firmware.Planned[0].AbortAtPercent));
        Assert.Equal("R44", page.Find("[data-testid=refusal]").GetAttribute("data-rule"));
        Assert.Equal("many", page.Find("#w-per").GetAttribute("value"));
    }

    private static PatchWave Planned() => new(
        Guid.Parse("3f1b6a52-0000-0000-0000-00000041d7aa"), "2.2b", new Uri("https://images.example.com/payshield-2.2b.bin"), new string('a', 64), new WaveScope(null, null, []),
        new WaveLimits(TimeSpan.FromHours(4), 1, 1, 20), [new WaveMember(First, "eastus", "stamp1", "2.1a")], new string('d', 64), "base image", "engineer1", TestTiles.Now, TestTiles.Now.AddDays(1), Version: 1);

    private IRenderedComponent<WavePage> Draw(PatchWave wave)
    {
        Firmware.Wave = wave;
        return Render<WavePage>(p => p.Add(w => w.Id, wave.Id));
    }
}
