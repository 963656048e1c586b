using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Lifecycle;

/// <summary>Every fault of form that a request for a resource can have, and what is made of a good one.</summary>
public sealed class ResourceRulesTests
{
    private const string Subnet = "/subscriptions/0d7f9a52-5b1e-4c7a-9e0b-6f1d2c3b4a59/resourceGroups/rg-pay/providers/Microsoft.Network/virtualNetworks/vnet-pay/subnets/snet-hsm";

    private static readonly IReadOnlyList<ServedRegion> Regions = ServedRegion.Of(
    [
        new Location("westeurope", "stamp2", "R41", 12), new Location("westeurope", "stamp1", "R31", 12), new Location("eastus", "stamp1", "R11", 12),
        new Location("eastus", "stamp1", "R11", 15), new Location("eastus", "stamp2", "R21", 12), new Location("centralus", "stamp1", "R51", 12), new Location("centralus", "stamp2", "R61", 12),
    ]);

    private static ResourceWish Wish(string name = "phsm-weu-01", string group = "rg-pay") => new(new ResourceId(Guid.Parse("7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c"), group, name))
    {
        Location = "eastus",
        Sku = "payShield10K_LMK1_CPS60",
        Stamp = "stamp1",
        Host = new NetworkWish(Subnet, ["10.44.0.5", "10.44.0.6"]),
        Management = new NetworkWish(Subnet.Replace("vnet-pay", "vnet-mgmt", StringComparison.Ordinal), ["10.44.0.5"]),
    };

    private static ResourceWish WithHost(params string?[] addresses) => Wish() with { Host = new NetworkWish(Subnet, addresses) };

    /// <summary>What is wrong, the code, and a word that the message must have to be of use.</summary>
    public static TheoryData<string, object, string, string> Faults { get; } = new()
    {
        { "name too short", Wish("ab"), "InvalidResourceName", "3 to 24" },
        { "name too long", Wish(new string('a', 25)), "InvalidResourceName", "3 to 24" },
        { "name with a dot", Wish("phsm.weu"), "InvalidResourceName", "hyphens" },
        { "name with a letter of another alphabet", Wish("phsm-é1"), "InvalidResourceName", "hyphens" },
        { "group ends with a period", Wish(group: "rg."), "InvalidResourceGroup", "period" },
        { "no location", Wish() with { Location = null }, "LocationRequired", "location" },
        { "blank location", Wish() with { Location = "  " }, "LocationRequired", "location" },
        { "location without devices", Wish() with { Location = "mars" }, "LocationNotAvailableForResourceType", "centralus, eastus, westeurope" },
        { "sku of the Luna sibling", Wish() with { Sku = "SafeNet Luna Network HSM A790" }, "InvalidSku", "payShield10K_LMK2_CPS2500" },
        { "sku with three LMKs", Wish() with { Sku = "payShield10K_LMK3_CPS60" }, "InvalidSku", "'payShield10K_LMK3_CPS60'" },
        { "unknown stamp", Wish() with { Stamp = "stamp9" }, "InvalidStamp", "stamp1, stamp2" },
        { "empty stamp", Wish() with { Stamp = "" }, "InvalidStamp", "stamp1, stamp2" },
        { "stamp where zones are asked for", Wish() with { Location = "Central US" }, "InvalidStamp", "zones 1, 2" },
        { "two zones", Wish() with { Location = "centralus", Stamp = null, Zones = ["1", "2"] }, "InvalidStamp", "two resources" },
        { "unknown zone", Wish() with { Zones = ["3"] }, "InvalidStamp", "1, 2" },
        { "no host network", Wish() with { Host = null }, "InvalidRequestContent", "properties.networkProfile.subnet.id" },
        { "no management subnet", Wish() with { Management = new NetworkWish(null, []) }, "InvalidRequestContent", "managementNetworkProfile.subnet.id" },
        { "subnet is a name", Wish() with { Host = new NetworkWish("snet-hsm", []) }, "InvalidSubnet", "'snet-hsm'" },
        { "subnet is a network", Wish() with { Host = new NetworkWish(Subnet[..Subnet.IndexOf("/subnets", StringComparison.Ordinal)], []) }, "InvalidSubnet", "/subnets/{subnet}" },
        { "subnet without a subscription", Wish() with { Host = new NetworkWish(Subnet.Replace("0d7f9a52-5b1e-4c7a-9e0b-6f1d2c3b4a59", "mine", StringComparison.Ordinal), []) }, "InvalidSubnet", "subscriptions" },
        { "three host interfaces", WithHost("10.0.0.5", null, null), "InvalidRequestContent", "there are 2" },
        { "two management interfaces", Wish() with { Management = new NetworkWish(Subnet, [null, null]) }, "InvalidRequestContent", "there is 1" },
        { "IPv6", WithHost("fd00::5"), "InvalidIpAddress", "IPv4 addresses only" },
        { "number too large", WithHost("10.0.0.256"), "InvalidIpAddress", "'10.0.0.256'" },
        { "leading zero", WithHost("10.0.0.05"), "InvalidIpAddress", "'10.0.0.05'" },
        { "short form", WithHost("10.5"), "InvalidIpAddress", "'10.5'" },
        { "with a prefix", WithHost("10.0.0.5/24"), "InvalidIpAddress", "10.0.0.5/24" },
        { "multicast", WithHost("224.0.0.1"), "InvalidIpAddress", "cannot be" },
        { "loopback", WithHost("127.0.0.1"), "InvalidIpAddress", "cannot be" },
        { "same host address twice", WithHost("10.0.0.5", "10.0.0.5"), "InvalidIpAddress", "two interfaces" },
        { "same address in one subnet", Wish() with { Management = new NetworkWish(Subnet.ToUpperInvariant(), ["10.44.0.6"]) }, "InvalidIpAddress", "two interfaces" },
        { "tag twice", Wish() with { Tags = new Dictionary<string, string> { ["a"] = "1", ["A"] = "2" } }, "InvalidRequestContent", "twice" },
        { "tag without a name", Wish() with { Tags = new Dictionary<string, string> { [""] = "1" } }, "InvalidRequestContent", "tag name" },
        { "tag value too long", Wish() with { Tags = new Dictionary<string, string> { ["a"] = new string('x', 257) } }, "InvalidRequestContent", "256" },
        { "too many tags", Wish() with { Tags = Enumerable.Range(0, 51).ToDictionary(n => $"t{n}", _ => "") }, "InvalidRequestContent", "50" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_Fault_NamesItWithItsCode(string what, object wish, string code, string word)
    {
        var bad = Assert.IsType<ResourceForm.Bad>(ResourceRules.Check((ResourceWish)wish, Regions));
        Assert.Equal((what, code), (what, bad.Fault.Code));
        Assert.Contains(word, bad.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("westeurope")]
    [InlineData("WestEurope")]
    [InlineData("West Europe")]
    public void Check_LocationInAnySpelling_IsAnsweredInOne(string location) => Assert.Equal("westeurope", Good(Wish() with { Location = location }).Location);

    [Fact]
    public void Check_OtherSpellings_AreNormalised()
    {
        var request = Good(Wish() with { Stamp = "STAMP2", Sku = "PAYSHIELD10K_lmk2_cps2500" });
        Assert.Equal(("stamp2", new ResourceSku(2, 2500)), (request.Stamp, request.Sku));
    }

    [Fact]
    public void R17_RegionByZone_TakesTheZoneAndNoStamp()
    {
        var request = Good(Wish() with { Location = "Central US", Stamp = null, Zones = ["2"] });
        Assert.Null(request.Stamp);
        Assert.Equal(["2"], request.Zones);
    }

    [Fact]
    public void R14_OneStaticAddress_TheOtherDynamic_IsKeptAsOne()
    {
        Assert.Equal(["10.0.0.5"], Good(WithHost("10.0.0.5")).Host.Addresses);
        Assert.Equal(["10.0.0.6"], Good(WithHost(null, "10.0.0.6")).Host.Addresses);
        Assert.Empty(Good(WithHost()).Host.Addresses);
    }

    [Fact]
    public void Check_TwoNetworks_MayUseTheSameNumbers() => Assert.NotNull(Good(Wish()).Management);

    [Fact]
    public void Check_NothingButWhatIsNeeded_IsEnough()
    {
        var request = Good(Wish() with { Stamp = null, Management = null });
        Assert.Equal((null, null, 0), (request.Stamp, request.Management, request.Tags.Count));
    }

    [Fact]
    public void R7_OnlyAutomationAndEngineeringWrite()
    {
        var may = Enum.GetValues<Role>().Where(r => ResourceRules.MayWrite(new Actor("x", r)) is null);
        Assert.Equal([Role.Engineering, Role.Automation], may);
    }

    private static ResourceRequest Good(ResourceWish wish) => Assert.IsType<ResourceForm.Good>(ResourceRules.Check(wish, Regions)).Request;
}
