using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using static PaymentHsm.Domain.Tests.Operations.RestartScene;

namespace PaymentHsm.Domain.Tests.Operations;

public sealed class RestartJudgementTests
{
    private static RestartJudgement Judge(RestartTrace trace, RestartDelivery delivery = RestartDelivery.Accepted, bool over = false, RestartMarks? marks = null) =>
        RestartJudgement.Of(Id, marks ?? Marks, delivery, trace, over);

    [Fact]
    public void Of_AllSignsAgree_Verified()
    {
        var judgement = Judge(Restarted());
        Assert.Equal(OperationOutcome.Verified, judgement.Outcome);
        Assert.All(judgement.Signs, s => Assert.True(s.Seen, s.Name));
    }

    [Fact]
    public void Of_AcknowledgedOnly_IsNeverVerified()
    {
        var requested = Trace(true, null, Entry(101, "RestartRequested", 17, Id));
        Assert.Null(Judge(requested).Outcome);
        Assert.Equal(OperationOutcome.NotObserved, Judge(requested, over: true).Outcome);
    }

    [Fact]
    public void Of_NotReadyYet_Waits() =>
        Assert.Null(Judge(Restarted() with { Ready = false }).Outcome);

    [Fact]
    public void Of_CompletedByAnotherOperation_IsContradictoryAtTheDeadline()
    {
        var other = Trace(true, Noon.AddSeconds(3), Entry(101, "RestartCompleted", 18, Guid.NewGuid(), "18", "ManagementCommand"));
        Assert.Null(Judge(other).Outcome);
        Assert.Equal(OperationOutcome.Contradictory, Judge(other, over: true).Outcome);
    }

    [Fact]
    public void Of_PowerCycleInsteadOfOurs_IsContradictoryAtTheDeadline()
    {
        var power = Trace(true, Noon.AddSeconds(3), Entry(101, "RestartCompleted", 18, null, "18", "PowerEvent"));
        Assert.Equal(OperationOutcome.Contradictory, Judge(power, over: true).Outcome);
    }

    [Fact]
    public void Of_TwoRestarts_IsContradictoryAtOnce()
    {
        var two = Trace(true, Noon.AddSeconds(3), Entry(101, "RestartCompleted", 18, Id, "18"), Entry(102, "RestartCompleted", 19, null, "19"));
        Assert.Equal(OperationOutcome.Contradictory, Judge(two).Outcome);
    }

    [Fact]
    public void Of_CompletedButBootCounterStands_IsContradictory()
    {
        var stuck = Trace(true, Noon.AddSeconds(3), Entry(101, "RestartCompleted", 17, Id, "17"));
        Assert.Equal(OperationOutcome.Contradictory, Judge(stuck).Outcome);
    }

    [Fact]
    public void Of_RestartFailedEntry_IsNotObserved()
    {
        var hardLock = Trace(false, null, Entry(101, "RestartRequested", 17, Id), Entry(102, "RestartFailed", 17, Id, "1"));
        Assert.Equal(OperationOutcome.NotObserved, Judge(hardLock).Outcome);
    }

    [Fact]
    public void Of_AnswerLostAndNoTraceInTheLog_IsNotDelivered() =>
        Assert.Equal(OperationOutcome.NotDelivered, Judge(Trace(true, null), RestartDelivery.Unknown, over: true).Outcome);

    [Fact]
    public void Of_AnswerLostAndTheLogHasAGap_IsNotObserved() =>
        Assert.Equal(OperationOutcome.NotObserved, Judge(Trace(true, null) with { LogHasGap = true }, RestartDelivery.Unknown, over: true).Outcome);

    [Fact]
    public void Of_LogHasAGap_IsNeverVerified() =>
        Assert.NotEqual(OperationOutcome.Verified, Judge(Restarted() with { LogHasGap = true }, over: true).Outcome);

    [Fact]
    public void Of_PeerWithoutAuditLog_IsObservedNotVerified()
    {
        var plain = Marks with { HasAuditLog = false, BootId = null, LastEntry = 0 };
        var judgement = Judge(Trace(true, Noon.AddSeconds(3)), over: true, marks: plain);
        Assert.Equal(OperationOutcome.NotObserved, judgement.Outcome);
        Assert.Contains("newer reset time", judgement.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OldEntriesBelowTheMark_CountForNothing()
    {
        var old = Trace(true, null, Entry(99, "RestartCompleted", 18, Id, "18"));
        Assert.DoesNotContain(Judge(old).Signs, s => s.Seen);
    }

    [FsCheck.Xunit.Property(MaxTest = 500)]
    public bool Of_AnyTrace_VerifiedNeedsOurEntryAndARisenCounter(byte boot, bool ours, bool ready, bool gap, bool over, byte entries)
    {
        var list = Enumerable.Range(0, entries % 6).Select(i => Entry(101 + i, i == 0 ? "RestartCompleted" : "LinkUp", boot, ours ? Id : null, "18")).ToArray();
        var judgement = Judge(Trace(ready, Noon.AddSeconds(3), list) with { LogHasGap = gap }, over: over);
        return judgement.Outcome != OperationOutcome.Verified || (ours && ready && !gap && list.Length > 0 && boot == 18);
    }

    [FsCheck.Xunit.Property(MaxTest = 200)]
    public bool Of_DeadlineOver_AlwaysDecides(bool ready, byte boot, bool ours, bool lost) =>
        Judge(Trace(ready, Noon, Entry(101, "RestartCompleted", boot, ours ? Id : null, "18")), lost ? RestartDelivery.Unknown : RestartDelivery.Accepted, over: true).Outcome is not null;
}
