using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Lifecycle;

/// <summary>R11, D1, D2: what an arrival and a racking need.</summary>
public sealed class IntakeRulesTests
{
    private static readonly Actor By = new("datacenter1", Role.Datacenter);
    private static readonly string Photo = new('a', 64);
    private static readonly ArrivalForm Arrival = new("A4665271234F", "MAN-1", "SEAL-1", Photo, "Ada");
    private static readonly RackingForm Racking = new("East US", "stamp1", "R12", "R12/U21", "PDU-A/1", "PDU-B/1", "oob/1", "sw/1", "sw/2", "sw/3");

    public static TheoryData<string, string> BadArrivals() => new()
    {
        { "serial", "serial" }, { "no serial", "serial" }, { "manifest", "manifest" }, { "long manifest", "manifest" }, { "seal", "seal" }, { "photo", "photo_sha256" }, { "short photo", "photo_sha256" }, { "second", "second_person" }, { "same person", "second_person" },
    };

    [Theory]
    [MemberData(nameof(BadArrivals))]
    public void D1_OneFault_NamesItsColumn(string what, string column)
    {
        var form = what switch
        {
            "serial" => Arrival with { Serial = "a4665271234f" },
            "no serial" => Arrival with { Serial = null },
            "manifest" => Arrival with { Manifest = " " },
            "long manifest" => Arrival with { Manifest = new string('x', 61) },
            "seal" => Arrival with { Seal = null },
            "photo" => Arrival with { PhotoSha256 = Photo[1..] + "g" },
            "short photo" => Arrival with { PhotoSha256 = "abc" },
            "second" => Arrival with { SecondPerson = null },
            _ => Arrival with { SecondPerson = "DataCenter1" },
        };

        var (_, arrival, faults) = IntakeRules.Check(form, By, TestFacts.Now);

        Assert.Null(arrival);
        Assert.Equal([column], faults.Select(f => f.Column));
    }

    [Fact]
    public void Check_RightForms_AreTakenAsTheyWereMeant()
    {
        var (serial, arrival, faults) = IntakeRules.Check(Arrival with { PhotoSha256 = Photo.ToUpperInvariant() }, By, TestFacts.Now);
        var (racking, more) = IntakeRules.Check(Racking, By, TestFacts.Now);

        Assert.Empty(faults.Concat(more));
        Assert.Equal((TestFacts.Serial, Photo, "datacenter1"), (serial, arrival?.PhotoSha256, arrival?.By));
        Assert.Equal(new Location("eastus", "stamp1", "R12", 21), racking?.Place);
    }

    [Theory]
    [InlineData("region", "region")]
    [InlineData("stamp", "stamp")]
    [InlineData("rack", "rack")]
    [InlineData("slot", "slot")]
    [InlineData("high slot", "slot")]
    [InlineData("another rack", "slot")]
    [InlineData("one feed", "feed_b")]
    [InlineData("same feed", "feed_b")]
    [InlineData("oob", "oob_port")]
    [InlineData("same port", "mgmt_port")]
    public void D2_OneFault_NamesItsColumn(string what, string column)
    {
        var form = what switch
        {
            "region" => Racking with { Region = "east/us" },
            "stamp" => Racking with { Stamp = "stamp3" },
            "rack" => Racking with { Rack = null, Slot = "U21" },
            "slot" => Racking with { Slot = "top" },
            "high slot" => Racking with { Slot = "U61" },
            "another rack" => Racking with { Slot = "R13/U21" },
            "one feed" => Racking with { FeedB = "" },
            "same feed" => Racking with { FeedB = "pdu-a/1" },
            "oob" => Racking with { OobPort = null },
            _ => Racking with { ManagementPort = "SW/1" },
        };

        var (racking, faults) = IntakeRules.Check(form, By, TestFacts.Now);

        Assert.Null(racking);
        Assert.Equal([column], faults.Select(f => f.Column));
    }

    [Fact]
    public void Check_EmptyForm_SaysEverythingAtOnce() =>
        Assert.Equal(10, IntakeRules.Check(new RackingForm(null, null, null, null, null, null, null, null, null, null), By, TestFacts.Now).Faults.Count);

    [Fact]
    public void D2_SlotOutletAndPort_AreTakenOncePerStamp()
    {
        var racking = IntakeRules.Check(Racking, By, TestFacts.Now).Racking!;
        var other = HsmSerial.Parse("A4665271235F");
        var same = IntakeRules.Check(Racking with { Slot = "U22", FeedB = "PDU-B/2", OobPort = "oob/2", Host1Port = "sw/3", Host2Port = "sw/8", ManagementPort = "sw/9" }, By, TestFacts.Now).Racking!;

        Assert.Equal(["feed_a", "mgmt_port"], IntakeRules.Conflicts(racking, [new(other, same)], []).Select(f => f.Column));
        Assert.Equal(["slot"], IntakeRules.Conflicts(racking, [], [new(other, new Location("EASTUS", "stamp1", "r12", 21))]).Select(f => f.Column));
        Assert.Empty(IntakeRules.Conflicts(racking, [new(other, same with { Place = same.Place with { Stamp = "stamp2" } })], [new(other, new Location("eastus", "stamp1", "R13", 21))]));
    }

    [Theory]
    [InlineData(Role.Datacenter, true)]
    [InlineData(Role.Engineering, true)]
    [InlineData(Role.Support, false)]
    [InlineData(Role.Auditor, false)]
    [InlineData(Role.Automation, false)]
    public void R11_TakingIn_IsForThePeopleAtTheSiteAndEngineers(Role role, bool may) => Assert.Equal(may, IntakeRules.MayRecord(new Actor("somebody", role), "D1") is null);
}
