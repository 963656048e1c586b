using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.Tests.Firmware;

/// <summary>The procedure of one member, state by state.</summary>
public sealed class FirmwareUpdateTests
{
    private static readonly FirmwareUpdateOptions Options = new();
    private static readonly DateTimeOffset Now = TestWaves.Now;

    [Fact]
    public void Next_EverythingGoesWell_EndsVerified()
    {
        var asked = FirmwareUpdate.Asking(Locked(), Now);
        var installing = FirmwareUpdate.Answered(asked, true, "202 Accepted", Options, Now);
        Assert.IsType<UpdateAct.ReadBack>(Next(installing));
        var waiting = FirmwareUpdate.Polled(installing, "2.1a", null, Options, Now);
        Assert.Equal(Now + Options.LookEvery, Assert.IsType<UpdateAct.Wait>(Next(waiting)).Until);
        var read = FirmwareUpdate.Polled(waiting, "2.2b", null, Options, Now);
        Assert.IsType<UpdateAct.Release>(Next(read));

        var ended = FirmwareUpdate.Released(read, [], Now);

        Assert.Equal((OperationState.Finished, OperationOutcome.Verified), (ended.State, ended.Outcome));
        Assert.All(ended.Steps, s => Assert.Equal(StepState.Done, s.State));
    }

    [Fact]
    public void Next_AnswerLostWithTheProcess_LooksAtTheVersionBeforeItAsksAgain()
    {
        var asked = FirmwareUpdate.Asking(Locked(), Now);

        Assert.IsType<UpdateAct.LookAgain>(Next(asked));
        Assert.IsType<UpdateAct.Ask>(Next(FirmwareUpdate.Looked(asked, "2.1a", Options, Now)));
        Assert.IsType<UpdateAct.ReadBack>(Next(FirmwareUpdate.Looked(asked, "2.2b", Options, Now)));
    }

    [Fact]
    public void Answered_NoThreeTimes_EndsInQuarantineAsRefused()
    {
        var operation = Locked();
        for (var i = 0; i < Options.Tries; i++)
        {
            Assert.IsType<UpdateAct.Ask>(FirmwareUpdate.Next(operation, Options, Now + Options.AskAgainAfter));
            operation = FirmwareUpdate.Answered(FirmwareUpdate.Asking(operation, Now), false, "403 DeviceInCustomerCustody", Options, Now);
        }

        Assert.Equal(OperationOutcome.Refused, Assert.IsType<UpdateAct.Quarantine>(Next(operation)).Why.Outcome);
        var ended = FirmwareUpdate.Quarantined(operation, isQuarantined: true, Now);
        Assert.Equal((OperationState.Finished, OperationOutcome.Refused), (ended.State, ended.Outcome));
        Assert.EndsWith("The device is quarantined.", ended.OutcomeDetail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.1a", OperationOutcome.NotObserved)]
    [InlineData(null, OperationOutcome.NotObserved)]
    [InlineData("1.9a", OperationOutcome.Contradictory)]
    public void Polled_DeadlineOver_EndsByWhatIsRead(string? version, OperationOutcome outcome)
    {
        var installing = FirmwareUpdate.Answered(FirmwareUpdate.Asking(Locked(), Now), true, "202", Options, Now);

        var failed = FirmwareUpdate.Polled(installing, version, "no answer", Options, Now + Options.ReadBackFor);

        Assert.Equal(outcome, Assert.IsType<UpdateAct.Quarantine>(Next(failed)).Why.Outcome);
    }

    [Fact]
    public void NotTaken_NothingWasBegun_TheMemberDropsOut()
    {
        var refused = FirmwareUpdate.NotTaken(New(), "R40: custody is Customer.", Now);
        var wave = TestWaves.Running(TestWaves.Pool(3));
        var member = wave.Members[0] with { State = MemberState.Patching, Operation = refused.Id };

        var next = PatchWaves.Next(wave.With(member), new Dictionary<Guid, Operation> { [refused.Id] = refused }, TestWaves.Pool(3).ToDictionary(d => d.Record.Serial), Now);

        Assert.Equal(OperationOutcome.Refused, refused.Outcome);
        Assert.Equal(MemberState.DroppedOut, Assert.IsType<WaveAct.Change>(next).After.Members[0].State);
    }

    [Fact]
    public void NotReleasable_UntilItsDeadline_IsTriedAgain()
    {
        var read = FirmwareUpdate.Polled(FirmwareUpdate.Answered(FirmwareUpdate.Asking(Locked(), Now), true, "202", Options, Now), "2.2b", null, Options, Now);

        Assert.IsType<UpdateAct.Wait>(Next(FirmwareUpdate.NotReleasable(read, "licence set incomplete", Options, Now)));
        Assert.Contains("licence", Assert.IsType<UpdateAct.Quarantine>(Next(FirmwareUpdate.NotReleasable(read, "licence set incomplete", Options, Now + Options.ReleaseFor))).Why.Why, StringComparison.Ordinal);
    }

    private static UpdateAct Next(Operation operation) => FirmwareUpdate.Next(operation, Options, Now);

    private static Operation New()
    {
        var wave = TestWaves.Running(TestWaves.Pool(3));
        return FirmwareUpdate.New(Guid.NewGuid(), wave, wave.Members[0], Now);
    }

    private static Operation Locked() => FirmwareUpdate.Locked(New(), "left the pool", Options, Now);
}
