using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.EndToEnd;

/// <summary>Health polls of the real simulator while it misbehaves (OOB-PROFILE 11, column health). After each fault the next good poll is whole again.</summary>
public sealed class PollFaultTests
{
    private const string Fan1 = "/redfish/v1/Chassis/hsm/ThermalSubsystem/Fans/Fan1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Poll_HealthyDevice_EveryReadingHasAValue()
    {
        await using var scene = await DriverScene.StartAsync();
        var poll = await scene.Link.PollAsync(Stop);
        Assert.Equal(OobReach.Up, poll.Reach);
        Assert.Equal(ReadingName.All.Order(), poll.Samples.Select(s => s.Name).Order());
        Assert.All(poll.Samples, s => Assert.True(s.Problem is null && !s.Value.IsNone, s.Name));
        Assert.Equal((CommissionState.Released, AdminAccess.Enabled), (poll.Commission?.State, poll.Commission?.AdminAccess));
    }

    [Theory]
    [InlineData("HangBeforeEffect")]
    [InlineData("HangAfterHeaders")]
    [InlineData("CloseBeforeEffect")]
    [InlineData("Status403")]
    [InlineData("Status500")]
    [InlineData("MalformedJson")]
    [InlineData("TruncatedBody")]
    [InlineData("WrongContentType")]
    [InlineData("EmptyBody200")]
    [InlineData("OversizeBody")]
    [InlineData("DeepJson")]
    [InlineData("Redirect")]
    public async Task Poll_OnePartFails_OnlyThatReadingIsLost(string kind)
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.InjectAsync(kind, "GET", Fan1);
        var poll = await scene.Link.PollAsync(Stop);
        var fan1 = poll.Samples.Single(s => s.Name == ReadingName.Fan1);
        Assert.True(fan1.Value.IsNone && !string.IsNullOrEmpty(fan1.Problem), $"{fan1}");
        Assert.Equal(OobReach.Degraded, poll.Reach);
        Assert.All(poll.Samples.Where(s => s.Name != ReadingName.Fan1), s => Assert.False(s.Value.IsNone, $"{s}"));
        await AssertWholeAgainAsync(scene);
    }

    [Fact]
    public async Task Poll_401InMidSession_LogsInOnceMoreAndIsWhole()
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.Link.PollAsync(Stop);
        await scene.InjectAsync("Status401", "GET", Fan1, count: 1);
        Assert.Equal(OobReach.Up, (await scene.Link.PollAsync(Stop)).Reach);
    }

    [Fact]
    public async Task Poll_503ThatPasses_WaitsAndIsWhole()
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.InjectAsync("Status503", "GET", Fan1, count: 1);
        var poll = await scene.Link.PollAsync(Stop);
        Assert.False(poll.Samples.Single(s => s.Name == ReadingName.Fan1).Value.IsNone);
    }

    [Fact]
    public async Task Poll_PortClosed_IsDown()
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.InjectAsync("Refuse", "*", "/");
        var poll = await scene.Link.PollAsync(Stop);
        Assert.Equal((OobReach.Down, LinkFault.Unreachable), (poll.Reach, poll.Fault));
        await AssertWholeAgainAsync(scene);
    }

    [Theory]
    [InlineData("TlsUntrusted")]
    [InlineData("TlsExpired")]
    [InlineData("TlsWrongName")]
    [InlineData("TlsOldVersion")]
    public async Task Poll_CertificateIsWrong_IsTrustFailed_NotAnOutage(string kind)
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.InjectAsync(kind, "*", "/");
        var poll = await scene.Link.PollAsync(Stop);
        Assert.Equal(LinkFault.TrustFailed, poll.Fault);
        Assert.NotEqual(OobReach.Down, poll.Reach);
        Assert.DoesNotContain(poll.Samples, s => ReadingName.ThroughOob.Contains(s.Name) && !s.Value.IsNone);
        await AssertWholeAgainAsync(scene);
    }

    [Fact]
    public async Task Poll_AnotherDeviceAnswers_EverythingStops()
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.InjectAsync("IdentitySwap", "*", "/");
        var poll = await scene.Link.PollAsync(Stop);
        Assert.Equal(LinkFault.WrongDevice, poll.Fault);
        Assert.Equal(RestartDelivery.NotSent, (await scene.Link.SendRestartAsync(Guid.NewGuid(), Stop)).Delivery);
        await AssertWholeAgainAsync(scene);
        Assert.Equal(0, await scene.RestartsAsync());
    }

    [Theory]
    [InlineData("EnumUnknown")]
    [InlineData("NullReading")]
    [InlineData("MissingMember")]
    public async Task Poll_ValuesAreNotUnderstood_AreUnknown_NeverGuessed(string kind)
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.InjectAsync(kind, "GET", "/redfish/v1/Systems/hsm");
        var poll = await scene.Link.PollAsync(Stop);
        foreach (var name in new[] { ReadingName.LinkHost1, ReadingName.LinkHost2, ReadingName.LinkMgmt })
        {
            var link = poll.Samples.Single(s => s.Name == name);
            Assert.True(link.Value.IsNone || link.Value.Word == "Flapping", $"{link}");
        }

        Assert.Equal(kind == "NullReading" ? CommissionState.Released : CommissionState.Unknown, poll.Commission?.State);
        Assert.DoesNotContain(poll.Samples, s => s.Name == ReadingName.Fan1 && s.Value.IsNone);
        await AssertWholeAgainAsync(scene);
    }

    [Fact]
    public async Task Poll_ClockIsHoursOff_IsToldAndNothingElseIsLost()
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.InjectAsync("ClockSkew", "*", "/");
        var poll = await scene.Link.PollAsync(Stop);
        Assert.InRange(poll.ClockSkew!.Value, TimeSpan.FromHours(5.9), TimeSpan.FromHours(6.1));
        Assert.Equal(OobReach.Up, poll.Reach);
        await AssertWholeAgainAsync(scene);
    }

    private static async Task AssertWholeAgainAsync(DriverScene scene)
    {
        await scene.ClearAsync();
        var poll = await scene.Link.PollAsync(Stop);
        Assert.All(poll.Samples.Where(s => ReadingName.ThroughOob.Contains(s.Name)), s => Assert.False(s.Value.IsNone, $"{s}"));
    }
}
