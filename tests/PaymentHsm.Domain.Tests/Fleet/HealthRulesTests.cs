using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Tests.Fleet;

public sealed class HealthRulesTests
{
    private static Sample Intake(double celsius) => TestPolls.Good(ReadingName.TemperatureIntake) with { Value = ReadingValue.Of(celsius) };

    private static Sample Link(string name, string word = "LinkDown") => TestPolls.Good(name) with { Value = ReadingValue.Of(word), Reported = Health.Warning };

    private static Sample NoInput(string name) => TestPolls.Good(name) with { Value = ReadingValue.Of(0), Reported = Health.Critical };

    private static Sample Tamper(string word) => TestPolls.Good(ReadingName.Tamper) with { Value = ReadingValue.Of(word), Reported = null };

    private static Sample SwitchDown() => TestPolls.Good(ReadingName.Upstream) with { Value = ReadingValue.Of("Down"), Reported = null };

    [Fact]
    public void Unread_AllTwelveReadings_AreUnknownAndNeverRead()
    {
        var state = HealthRules.Unread(TestPolls.Start);

        Assert.Equal(ReadingName.All.Order(), state.Keys.Order());
        Assert.All(state.Values, r => Assert.True(r.NeverRead && r.Shown.Health == Health.Unknown && r.Shown.Why is not null));
    }

    [Fact]
    public void Judge_FirstGoodPoll_IsOkAtOnce()
    {
        var judged = new TestDevice().See(at => TestPolls.Up(at));

        Assert.Equal(Health.Ok, judged.Overall);
        Assert.False(judged.NeedsConfirmation);
        Assert.Empty(judged.Alerts);
        Assert.All(judged.Readings.Values, r => Assert.Null(r.Why));
        Assert.Equal(41, judged.Readings[ReadingName.Oob].Value.Number);
        Assert.Equal("ms", judged.Readings[ReadingName.Oob].Unit);
    }

    [Fact]
    public void R49_Judge_OneBadSample_ShowsTheValueButWaitsForASecondOne()
    {
        var device = TestDevice.Healthy();

        var first = device.See(at => TestPolls.Up(at, Intake(41)));
        var suspectedAt = device.Now;
        var second = device.See(at => TestPolls.Up(at, Intake(41)));

        Assert.Equal(Health.Ok, first.Overall);
        Assert.Equal(41, first.Readings[ReadingName.TemperatureIntake].Value.Number);
        Assert.True(first.NeedsConfirmation);
        Assert.Equal(Health.Warning, second.Overall);
        Assert.False(second.NeedsConfirmation);
        Assert.Equal(suspectedAt, second.Readings[ReadingName.TemperatureIntake].Since);
        Assert.Equal([ReadingName.TemperatureIntake], second.Alerts);
    }

    [Fact]
    public void R49_Judge_GoodSampleBetweenTwoBadOnes_ChangesNothing()
    {
        var device = TestDevice.Healthy();

        device.See(at => TestPolls.Up(at, Intake(50)));
        device.See(at => TestPolls.Up(at));
        var judged = device.See(at => TestPolls.Up(at, Intake(50)));

        Assert.Equal(Health.Ok, judged.Readings[ReadingName.TemperatureIntake].Health);
    }

    [Fact]
    public void R49_Judge_Recovery_NeedsTwoSamplesToo()
    {
        var device = TestDevice.Healthy();
        device.See(at => TestPolls.Up(at, Intake(41)), times: 2);

        Assert.Equal(Health.Warning, device.See(at => TestPolls.Up(at)).Overall);
        Assert.Equal(Health.Ok, device.See(at => TestPolls.Up(at)).Overall);
    }

    [Theory]
    [InlineData(39, Health.Warning)]
    [InlineData(38, Health.Warning)]
    [InlineData(37.9, Health.Ok)]
    public void Judge_ValueBackInsideTheLimit_RecoversOnlyBeyondTheDeadBand(double celsius, Health expected)
    {
        var device = TestDevice.Healthy();
        device.See(at => TestPolls.Up(at, Intake(41)), times: 2);

        Assert.Equal(expected, device.See(at => TestPolls.Up(at, Intake(celsius)), times: 2).Readings[ReadingName.TemperatureIntake].Health);
    }

    [Theory]
    [InlineData(39.9, Health.Ok)]
    [InlineData(40, Health.Warning)]
    [InlineData(45, Health.Critical)]
    public void Judge_RisingValue_MeetsTheLimitsExactly(double celsius, Health expected)
    {
        var device = TestDevice.Healthy();

        Assert.Equal(expected, device.See(at => TestPolls.Up(at, Intake(celsius)), times: 2).Readings[ReadingName.TemperatureIntake].Health);
    }

    [Fact]
    public void Judge_HealthThatTheDeviceReports_OutranksItsLimits()
    {
        var device = TestDevice.Healthy();
        var claimed = Intake(60) with { Reported = Health.Ok };

        Assert.Equal(Health.Ok, device.See(at => TestPolls.Up(at, claimed), times: 3).Overall);
    }

    [Fact]
    public void Judge_NeitherHealthNorLimits_UsesTheFallback()
    {
        var device = TestDevice.Healthy();
        var bare = new Sample(ReadingName.TemperatureIntake, ReadingValue.Of(46), "Cel", null, null, "OOB");

        Assert.Equal(Health.Critical, device.See(at => TestPolls.Up(at, bare), times: 2).Overall);
    }

    [Theory]
    [InlineData("TamperingDetected")]
    [InlineData("HardwareIntrusion")]
    public void R52_Judge_Tamper_IsCriticalAtOnce(string word)
    {
        var device = TestDevice.Healthy();

        var judged = device.See(at => TestPolls.Up(at, Tamper(word)));

        Assert.Equal(Health.Critical, judged.Overall);
        Assert.Equal([ReadingName.Tamper], judged.Alerts);
    }

    [Fact]
    public void R52_Judge_TamperLatch_OutlivesSilenceAndNonsenseAndClearsOnlyByGoodSamples()
    {
        var device = TestDevice.Healthy();
        device.See(at => TestPolls.Up(at, Tamper("TamperingDetected")));

        Assert.Equal(Health.Critical, device.See(at => TestPolls.Degraded(at, TestPolls.Lost(ReadingName.Tamper)), times: 5).Overall);
        Assert.Equal(Health.Critical, device.See(at => TestPolls.Up(at, Tamper("Flapping")), times: 5).Overall);
        Assert.Equal(Health.Critical, device.See(at => TestPolls.Down(at), times: 5).Overall);
        Assert.Equal("TamperingDetected", device.State[ReadingName.Tamper].Shown.Value.Word);

        device.See(at => TestPolls.Up(at));
        Assert.Equal(Health.Ok, device.See(at => TestPolls.Up(at)).Overall);
    }

    [Fact]
    public void R50_Judge_PartThatFails_IsUnknownAtOnceAndKeepsTheLastValueWithItsTime()
    {
        var device = TestDevice.Healthy();
        var readAt = device.Now;

        var judged = device.See(at => TestPolls.Up(at, TestPolls.Lost(ReadingName.Fan1)));

        var fan = judged.Readings[ReadingName.Fan1];
        Assert.Equal((Health.Unknown, 42d, readAt, "no answer"), (fan.Health, fan.Value.Number, fan.ObservedAt, fan.Why));
        Assert.Equal(Health.Warning, judged.Overall);
    }

    [Fact]
    public void R50_Judge_ReadingThatThePollLacks_IsUnknown()
    {
        var device = TestDevice.Healthy();

        var judged = device.See(at => TestPolls.Up(at) with { Samples = [.. TestPolls.Up(at).Samples.Where(s => s.Name != ReadingName.LinkMgmt)] });

        Assert.Equal(Health.Unknown, judged.Readings[ReadingName.LinkMgmt].Health);
    }

    [Fact]
    public void Judge_DegradedTwice_WarnsAndSaysWhy()
    {
        var device = TestDevice.Healthy();

        var judged = device.See(at => TestPolls.Degraded(at), times: 2);

        Assert.Equal(Health.Warning, judged.Overall);
        Assert.Contains("Fans did not answer", judged.Readings[ReadingName.Oob].Why);
    }

    [Fact]
    public void R50_Judge_ControllerDown_NeedsThreePollsAndThenIsTheOnlyAlert()
    {
        var device = TestDevice.Healthy();
        var lastAnswer = device.Now;
        device.See(at => TestPolls.Up(at, Intake(50)));

        var first = device.See(at => TestPolls.Down(at));
        var firstAt = device.Now;
        var second = device.See(at => TestPolls.Down(at));
        var third = device.See(at => TestPolls.Down(at));

        Assert.True(first.NeedsConfirmation && second.NeedsConfirmation);
        Assert.Equal((Health.Ok, Health.Ok, Health.Critical), (first.Overall, second.Overall, third.Overall));
        Assert.False(third.NeedsConfirmation);
        Assert.Equal([ReadingName.Oob], third.Alerts);
        Assert.Equal(firstAt, third.Readings[ReadingName.Oob].Since);
        Assert.All(ReadingName.ThroughOob, n =>
        {
            var reading = third.Readings[n];
            Assert.Equal((Health.Unknown, "OOB controller down"), (reading.Health, reading.Why));
            Assert.False(reading.Value.IsNone);
            Assert.InRange(reading.ObservedAt, lastAnswer, lastAnswer.AddSeconds(10));
        });
    }

    [Fact]
    public void R50_Judge_ControllerBack_ChildrenStayUnknownUntilThatIsConfirmed()
    {
        var device = TestDevice.Healthy();
        device.See(at => TestPolls.Down(at), times: 3);

        var first = device.See(at => TestPolls.Up(at));
        var second = device.See(at => TestPolls.Up(at));

        Assert.Equal(Health.Unknown, first.Readings[ReadingName.Fan1].Health);
        Assert.True(first.NeedsConfirmation);
        Assert.Equal(Health.Ok, second.Overall);
    }

    [Theory]
    [InlineData(LinkFault.TrustFailed)]
    [InlineData(LinkFault.WrongDevice)]
    [InlineData(LinkFault.AuthFailed)]
    public void Judge_FaultThatIsNoOutage_IsNamed(LinkFault fault)
    {
        var device = TestDevice.Healthy();

        var judged = device.See(at => TestPolls.Down(at, fault), times: 3);

        Assert.Contains(fault.ToString(), judged.Readings[ReadingName.Oob].Why);
    }

    [Fact]
    public void R51_Judge_SwitchDownInFrontOfTheController_IsTheOneAlertAndTheDeviceIsUnknown()
    {
        var device = TestDevice.Healthy();

        var judged = device.See(at => TestPolls.Down(at, bent: SwitchDown()), times: 3);

        Assert.Equal([ReadingName.Upstream], judged.Alerts);
        Assert.Equal(Health.Critical, judged.Readings[ReadingName.Upstream].Health);
        Assert.Equal(Health.Unknown, judged.Readings[ReadingName.Oob].Health);
        Assert.Equal(Health.Unknown, judged.Overall);
    }

    [Fact]
    public void R51_Judge_TamperedDeviceBehindADeadSwitch_StaysCritical()
    {
        var device = TestDevice.Healthy();
        device.See(at => TestPolls.Up(at, Tamper("TamperingDetected")));

        Assert.Equal(Health.Critical, device.See(at => TestPolls.Down(at, bent: SwitchDown()), times: 3).Overall);
    }

    [Fact]
    public void R51_Judge_LinksDownBehindADeadSwitch_CarryNoAlertOfTheirOwn()
    {
        var device = TestDevice.Healthy();

        var judged = device.See(
            at => TestPolls.Up(at, SwitchDown(), Link(ReadingName.LinkHost1), Link(ReadingName.LinkHost2), Link(ReadingName.LinkMgmt)), times: 2);

        Assert.Equal([ReadingName.Upstream], judged.Alerts);
        Assert.Equal(Health.Critical, judged.Overall);
    }

    [Fact]
    public void R46_Judge_OneSupplyLost_Warns()
    {
        var device = TestDevice.Healthy();

        var judged = device.See(at => TestPolls.Up(at, NoInput(ReadingName.PowerPsu1)), times: 2);

        Assert.Equal(Health.Warning, judged.Overall);
        Assert.Contains("Redundancy is gone", judged.Readings[ReadingName.PowerPsu1].Why);
    }

    [Fact]
    public void R48_Judge_BothSuppliesLost_IsCritical()
    {
        var device = TestDevice.Healthy();

        Assert.Equal(Health.Critical, device.See(at => TestPolls.Up(at, NoInput(ReadingName.PowerPsu1), NoInput(ReadingName.PowerPsu2)), times: 2).Overall);
    }

    [Fact]
    public void Judge_SecondSupplyLostLater_MovesTheFirstToCriticalFromThen()
    {
        var device = TestDevice.Healthy();
        var one = device.See(at => TestPolls.Up(at, NoInput(ReadingName.PowerPsu1)), times: 2);
        var both = device.See(at => TestPolls.Up(at, NoInput(ReadingName.PowerPsu1), NoInput(ReadingName.PowerPsu2)), times: 2);

        Assert.Equal(Health.Critical, both.Readings[ReadingName.PowerPsu1].Health);
        Assert.True(both.Readings[ReadingName.PowerPsu1].Since > one.Readings[ReadingName.PowerPsu1].Since);
    }

    [Theory]
    [InlineData(ReadingName.LinkHost1)]
    [InlineData(ReadingName.LinkHost2)]
    [InlineData(ReadingName.LinkMgmt)]
    public void Judge_OneLinkDown_Warns(string name)
    {
        var device = TestDevice.Healthy();

        Assert.Equal(Health.Warning, device.See(at => TestPolls.Up(at, Link(name)), times: 2).Overall);
    }

    [Fact]
    public void Judge_BothHostLinksDown_IsCritical()
    {
        var device = TestDevice.Healthy();

        var judged = device.See(at => TestPolls.Up(at, Link(ReadingName.LinkHost1), Link(ReadingName.LinkHost2, "NoLink")), times: 2);

        Assert.Equal(Health.Critical, judged.Overall);
        Assert.Contains("no service", judged.Readings[ReadingName.LinkHost1].Why);
    }

    [Fact]
    public void R57_Judge_FanTooFast_WarnsEvenIfTheDeviceCallsItCritical()
    {
        var device = TestDevice.Healthy();
        var fast = TestPolls.Good(ReadingName.Fan1) with { Value = ReadingValue.Of(99), Reported = Health.Critical };

        var judged = device.See(at => TestPolls.Up(at, fast), times: 2);

        Assert.Equal(Health.Warning, judged.Overall);
        Assert.Contains("benign", judged.Readings[ReadingName.Fan1].Why);
    }

    [Fact]
    public void Judge_FanStopped_IsWhatTheDeviceSays()
    {
        var device = TestDevice.Healthy();
        var stopped = TestPolls.Good(ReadingName.Fan1) with { Value = ReadingValue.Of(0), Reported = Health.Critical };

        Assert.Equal(Health.Critical, device.See(at => TestPolls.Up(at, stopped), times: 2).Overall);
    }

    [Fact]
    public void Judge_UnknownNamesAndNotANumber_AreNoEvidence()
    {
        var device = TestDevice.Healthy();
        var odd = new Sample("humidity", ReadingValue.Of(99), "%", Health.Critical, null, "OOB");

        var judged = device.See(at => TestPolls.Up(at, odd, Intake(double.NaN)));

        Assert.DoesNotContain("humidity", judged.State.Keys);
        Assert.Equal(Health.Unknown, judged.Readings[ReadingName.TemperatureIntake].Health);
    }
}
