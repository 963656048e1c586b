using FsCheck.Xunit;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Tests.Lifecycle;

public sealed class AllocationTests
{
    private static readonly AllocationStepOutcome Proven = new AllocationStepOutcome.Proven("seen");
    private static readonly AllocationStepOutcome Denied = new AllocationStepOutcome.Denied("no");
    private static readonly AllocationStepOutcome Unclear = new AllocationStepOutcome.Unclear("no answer");

    [Fact]
    public void Next_AllStepsProven_PerformsThemInOrderAndFinishes()
    {
        var progress = AllocationProgress.Begin;
        foreach (var step in Enum.GetValues<AllocationStep>())
        {
            Assert.Equal(new AllocationAct.Perform(step), Allocation.Next(progress));
            progress = Allocation.After(progress, Proven);
        }

        Assert.IsType<AllocationAct.Finished>(Allocation.Next(progress));
    }

    [Theory]
    [InlineData(AllocationStep.Reserve, CompensationTarget.None, new AllocationStep[0])]
    [InlineData(AllocationStep.Licence, CompensationTarget.Pool, new[] { AllocationStep.Licence, AllocationStep.Reserve })]
    [InlineData(AllocationStep.Connect, CompensationTarget.Pool, new[] { AllocationStep.Connect, AllocationStep.Licence, AllocationStep.Reserve })]
    [InlineData(AllocationStep.HandOver, CompensationTarget.Quarantine, new[] { AllocationStep.Connect, AllocationStep.Licence, AllocationStep.Reserve })]
    [InlineData(AllocationStep.NegativeTest, CompensationTarget.Quarantine, new[] { AllocationStep.Connect, AllocationStep.Licence, AllocationStep.Reserve })]
    [InlineData(AllocationStep.Flip, CompensationTarget.Quarantine, new[] { AllocationStep.Connect, AllocationStep.Licence, AllocationStep.Reserve })]
    public void Next_StepDenied_UndoesBackwardsAndThePoolIsClosedFromTheHandOverOn(AllocationStep step, CompensationTarget target, AllocationStep[] undo)
    {
        var act = Assert.IsType<AllocationAct.Compensate>(Allocation.Next(Allocation.After(new AllocationProgress(step), Denied)));

        Assert.Equal((target, "no"), (act.Target, act.Reason));
        Assert.Equal(undo, act.Undo);
    }

    [Fact]
    public void After_UnclearOutcome_PerformsTheSameStepAgainThenFails()
    {
        var progress = new AllocationProgress(AllocationStep.NegativeTest);
        for (var i = 1; i < Allocation.MaximumTries; i++)
        {
            progress = Allocation.After(progress, Unclear);
            Assert.Equal(new AllocationAct.Perform(AllocationStep.NegativeTest), Allocation.Next(progress));
        }

        Assert.IsType<AllocationAct.Compensate>(Allocation.Next(Allocation.After(progress, Unclear)));
    }

    [Fact]
    public void After_ProvenStep_ForgetsEarlierTries() =>
        Assert.Equal(new AllocationProgress(AllocationStep.Connect), Allocation.After(new AllocationProgress(AllocationStep.Licence, Tries: 2), Proven));

    [Fact]
    public void I9_After_LateOutcome_ChangesNothing()
    {
        var failed = Allocation.After(new AllocationProgress(AllocationStep.HandOver), Denied);
        var finished = new AllocationProgress(null);

        Assert.Same(failed, Allocation.After(failed, Proven));
        Assert.Same(finished, Allocation.After(finished, Denied));
    }

    [Fact]
    public void I10_Overdue_AnyStep_Compensates() =>
        Assert.All(Enum.GetValues<AllocationStep>(), s => Assert.IsType<AllocationAct.Compensate>(Allocation.Next(Allocation.Overdue(new AllocationProgress(s)))));

    [Property]
    public bool R13_AnyRunOfOutcomes_FinishesOnlyAfterTheNegativeTestAndAlwaysEnds(int[] rolls)
    {
        var progress = AllocationProgress.Begin;
        var proven = new List<AllocationStep>();
        foreach (var roll in rolls)
        {
            var outcome = (roll & 3) switch { 0 => Unclear, 1 when roll % 7 == 0 => Denied, _ => Proven };
            if (outcome == Proven && Allocation.Next(progress) is AllocationAct.Perform(var step))
            {
                proven.Add(step);
            }

            progress = Allocation.After(progress, outcome);
        }

        return Allocation.Next(progress) is not AllocationAct.Finished || proven.SequenceEqual(Enum.GetValues<AllocationStep>());
    }
}
