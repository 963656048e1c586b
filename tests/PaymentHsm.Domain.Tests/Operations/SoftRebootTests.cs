using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using static PaymentHsm.Domain.Tests.Operations.RestartScene;

namespace PaymentHsm.Domain.Tests.Operations;

public sealed class SoftRebootTests
{
    private static RestartAct Next(Operation operation, TimeSpan later = default) => SoftReboot.Next(operation, Options, Noon + later);

    [Fact]
    public void Next_Requested_WaitsForTheSecondPerson() =>
        Assert.Equal(new RestartAct.Wait(Noon + Options.ConfirmWithin), Next(Requested()));

    [Fact]
    public void Next_NobodyConfirmed_Lapses()
    {
        Assert.IsType<RestartAct.Lapse>(Next(Requested(), Options.ConfirmWithin));
        var lapsed = SoftReboot.Lapsed(Requested(), Noon + Options.ConfirmWithin);
        Assert.Equal((OperationState.Finished, OperationOutcome.Cancelled), (lapsed.State, lapsed.Outcome));
    }

    [Fact]
    public void Next_EachStage_IsTheOnlyActThatFits()
    {
        Assert.IsType<RestartAct.TakeMarks>(Next(Confirmed()));
        Assert.IsType<RestartAct.Send>(Next(Marked()));
        Assert.IsType<RestartAct.LookUp>(Next(SendIntended()));
        Assert.IsType<RestartAct.Observe>(Next(Sent(RestartDelivery.Accepted)));
        Assert.IsType<RestartAct.Observe>(Next(Sent(RestartDelivery.Unknown)));
        Assert.IsType<RestartAct.Ended>(Next(Sent(RestartDelivery.Refused)));
    }

    [Fact]
    public void R68_TheResultOfASendWasLost_LooksBeforeItSendsAgain()
    {
        var found = SoftReboot.LookedUp(SendIntended(), Trace(false, null, Entry(101, "RestartRequested", 17, Id)), Options, Noon);
        Assert.IsType<RestartAct.Observe>(Next(found));

        var once = SoftReboot.LookedUp(SendIntended(), Trace(true, null), Options, Noon);
        Assert.IsType<RestartAct.Wait>(Next(once));
        Assert.IsType<RestartAct.LookUp>(Next(once, Options.AbsenceMargin));

        var twice = SoftReboot.LookedUp(once, Trace(true, null), Options, Noon + Options.AbsenceMargin);
        Assert.IsType<RestartAct.Send>(Next(twice, Options.AbsenceMargin + Options.SendAgainAfter));
    }

    [Fact]
    public void R68_TheLogCannotTell_NothingIsSentAgain()
    {
        var gap = SoftReboot.LookedUp(SendIntended(), Trace(true, null) with { LogHasGap = true }, Options, Noon);
        Assert.IsType<RestartAct.Observe>(Next(gap));
    }

    [Fact]
    public void Sent_NothingGotThrough_TriesAsOftenAsConfiguredThenNotDelivered()
    {
        var operation = Marked();
        for (var i = 0; i < Options.Sends; i++)
        {
            Assert.IsType<RestartAct.Send>(Next(operation, Options.SendAgainAfter * i));
            operation = SoftReboot.Sent(SoftReboot.SendIntended(operation, Noon), new RestartSent(RestartDelivery.NotSent, Noon, "connection refused", 1), Options, Noon + (Options.SendAgainAfter * (i - 1)));
        }

        Assert.Equal(OperationOutcome.NotDelivered, operation.Outcome);
    }

    [Fact]
    public void MarksFailed_Unreachable_EndsNotDelivered()
    {
        var operation = Confirmed();
        for (var i = 0; i < Options.Sends; i++)
        {
            operation = SoftReboot.MarksFailed(operation, LinkFault.Unreachable, "connection refused", Options, Noon);
        }

        Assert.Equal(OperationOutcome.NotDelivered, operation.Outcome);
    }

    [Fact]
    public void MarksFailed_WrongDevice_StopsAtOnce() =>
        Assert.Equal(OperationOutcome.NotDelivered, SoftReboot.MarksFailed(Confirmed(), LinkFault.WrongDevice, "another serial answered", Options, Noon).Outcome);

    [Fact]
    public void Observed_Restarted_ClosesVerifiedWithFourLinesOfEvidence()
    {
        var done = SoftReboot.Observed(Sent(RestartDelivery.Accepted), Restarted(), Options, Noon.AddSeconds(5));
        Assert.Equal(OperationOutcome.Verified, done.Outcome);
        Assert.Equal(4, done.Step(SoftReboot.ObserveStep).Evidence.Count);
        Assert.Equal(Noon.AddSeconds(5), done.FinishedAt);
    }

    [Fact]
    public void ObserveFailed_AtTheDeadline_IsNotObserved()
    {
        Assert.Null(SoftReboot.ObserveFailed(Sent(RestartDelivery.Accepted), "no answer", Options, Noon).Outcome);
        Assert.Equal(OperationOutcome.NotObserved, SoftReboot.ObserveFailed(Sent(RestartDelivery.Accepted), "no answer", Options, Noon + Options.ObserveFor).Outcome);
    }

    /// <summary>I10: whatever is stored, somebody or some clock moves it on.</summary>
    [Fact]
    public void I10_EveryStageThatIsNotFinished_HasAnActOrATime()
    {
        Operation[] stages = [Requested(), Confirmed(), Marked(), SendIntended(), Sent(RestartDelivery.Accepted), Sent(RestartDelivery.Unknown), Sent(RestartDelivery.NotSent)];
        Assert.All(stages, s => Assert.IsNotType<RestartAct.Ended>(Next(s)));
        Assert.All(stages.Where(s => s.Step(SoftReboot.ObserveStep).State == StepState.Running), s => Assert.NotNull(s.Step(SoftReboot.ObserveStep).Deadline));
    }
}
