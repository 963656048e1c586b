using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Firmware;

public sealed class FirmwareCatalogueTests
{
    private static readonly DateTimeOffset Now = TestWaves.Now;
    private static readonly FirmwareCatalogue Catalogue = new([TestWaves.Image("2.2b") with { IsBase = true }, TestWaves.Image("2.1a"), TestWaves.Image("2.3a"), TestWaves.Image("1.9a") with { ApprovedBy = null }]);

    [Theory]
    [InlineData(null, FirmwareDrift.NotRead)]
    [InlineData("2.2b", FirmwareDrift.OnBase)]
    [InlineData("2.1a", FirmwareDrift.Behind)]
    [InlineData("2.3a", FirmwareDrift.Ahead)]
    [InlineData("1.9a", FirmwareDrift.NotApproved)]
    [InlineData("custom-7", FirmwareDrift.NotApproved)]
    [InlineData("1.3c", FirmwareDrift.Unsupported)]
    public void Drift_OfAVersion_SaysHowItStandsToTheBase(string? version, FirmwareDrift drift) => Assert.Equal(drift, Catalogue.Drift(version, Now));

    [Fact]
    public void R37_IsApproved_EndsWithCertificateOrListing()
    {
        var fips = TestWaves.Image("2.2b") with { Fips = new Listing("4711", Now.AddYears(-5), Now.AddDays(1)) };
        var pts = TestWaves.Image("2.2b") with { Pts = new Listing("4-90042", Now.AddDays(1), Now.AddYears(1)) };

        Assert.True(new FirmwareCatalogue([fips]).IsApproved("2.2b", Now));
        Assert.False(new FirmwareCatalogue([fips]).IsApproved("2.2b", Now.AddDays(1)));
        Assert.Contains("expired", Assert.Single(fips.Misses(Now.AddDays(2))), StringComparison.Ordinal);
        Assert.False(new FirmwareCatalogue([pts]).IsApproved("2.2b", Now));
        Assert.Equal("FIPS 140-2 Level 3", Assert.Single(new FirmwareCatalogue([fips, pts with { Version = "2.1a" }]).Expiring(Now, TimeSpan.FromDays(90))).What);
        Assert.Empty(new FirmwareCatalogue([]).Expiring(Now, TimeSpan.FromDays(90)));
        Assert.False(new FirmwareCatalogue([]).IsApproved("2.2b", Now));
    }

    [Theory]
    [InlineData("1.4a", "1.10a")]
    [InlineData("1.9a", "1.10a")]
    [InlineData("2.2a", "2.2b")]
    [InlineData("1.10a", "2.1a")]
    public void CompareTo_Releases_AreOrderedByNumber(string older, string newer)
    {
        Assert.True(FirmwareVersion.TryParse(older, out var a) & FirmwareVersion.TryParse(newer, out var b));
        Assert.True(a < b && b > a && a.ToString() == older);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2.2")]
    [InlineData("2.b")]
    [InlineData("-2.2b")]
    [InlineData("2.2B")]
    [InlineData("2.99999999b")]
    public void TryParse_NoBaseRelease_IsFalse(string text) => Assert.False(FirmwareVersion.TryParse(text, out _));

    [Fact]
    public void Stage_EverythingWrong_SaysAllAtOnce()
    {
        var refused = Assert.IsType<Outcome<FirmwareImage>.Refused>(ImageRules.Stage(TestWaves.Engineer1, "1.3a", "http://here", "abc", " ", null, new Listing("x", Now, Now.AddDays(-1)), Now));

        Assert.Equal(RefusalKind.BadInput, refused.Why.Kind);
        Assert.All(new[] { "version:", "image:", "digest:", "vendorSignature:", "fips:", "pts:" }, name => Assert.Contains(name, refused.Why.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void MayApprove_NeedsAnotherEngineerWithTheDigest()
    {
        var staged = TestWaves.Image("2.3a") with { StagedBy = "engineer1", ApprovedBy = null };

        Assert.Equal("R10", ImageRules.MayApprove(TestWaves.Engineer1, staged, "2.3a", staged.Digest, Now)?.RuleId);
        Assert.Equal("R2", ImageRules.MayApprove(new Actor("support1", Role.Support), staged, "2.3a", staged.Digest, Now)?.RuleId);
        Assert.Equal(RefusalKind.BadInput, ImageRules.MayApprove(TestWaves.Engineer2, staged, "2.3a", "00", Now)?.Kind);
        Assert.Equal("R34", ImageRules.MayApprove(TestWaves.Engineer2, staged, "2.3a", staged.Digest, Now.AddYears(30))?.RuleId);
        Assert.Equal("I9", ImageRules.MayApprove(TestWaves.Engineer2, staged with { ApprovedBy = "engineer3" }, "2.3a", staged.Digest, Now)?.RuleId);
        Assert.Equal(RefusalKind.NotFound, ImageRules.MayApprove(TestWaves.Engineer2, null, "2.3a", staged.Digest, Now)?.Kind);
        Assert.Null(ImageRules.MayApprove(TestWaves.Engineer2, staged, "2.3a", staged.Digest.ToUpperInvariant(), Now));
    }
}
