using FsCheck.Xunit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using static PaymentHsm.Domain.Tests.Operations.ReclaimScene;

namespace PaymentHsm.Domain.Tests.Operations;

public sealed class ForceDeleteTests
{
    private static readonly Dictionary<string, (Operation From, Type Act)> Expected = new()
    {
        ["asked for"] = (Requested(), typeof(ReclaimAct.Wait)),
        ["armed"] = (ForceDelete.Armed(Requested(), ["engineer1"], Noon, Noon), typeof(ReclaimAct.Wait)),
        ["cancelled"] = (ForceDelete.Cancelled(Requested(), "APR-0117 is Rejected.", Noon), typeof(ReclaimAct.Ended)),
        ["deleted"] = (Begun(), typeof(ReclaimAct.Check)),
        ["checked"] = (Checked(), typeof(ReclaimAct.Send)),
        ["killed while sending"] = (Sending(), typeof(ReclaimAct.LookUp)),
        ["accepted"] = (Sent(ReclaimDelivery.Accepted), typeof(ReclaimAct.Follow)),
        ["fate unknown"] = (Sent(ReclaimDelivery.Unknown), typeof(ReclaimAct.LookUp)),
        ["nothing left the portal"] = (Sent(ReclaimDelivery.NotSent), typeof(ReclaimAct.Check)),
        ["released already"] = (Sent(ReclaimDelivery.Refused, "AlreadyReleased"), typeof(ReclaimAct.Check)),
        ["another allocation"] = (Sent(ReclaimDelivery.Refused, "AllocationMismatch"), typeof(ReclaimAct.GiveUp)),
        ["done, says the device"] = (ReadingBack(), typeof(ReclaimAct.ReadBack)),
        ["read back"] = (Erased(), typeof(ReclaimAct.Verify)),
        ["verified"] = (ForceDelete.VerifyEnded(Erased(), true, [], null, Noon), typeof(ReclaimAct.Detach)),
        ["a point missed"] = (ForceDelete.VerifyEnded(Erased(), false, [], "logs not empty", Noon), typeof(ReclaimAct.Detach)),
        ["resource gone"] = (ForceDelete.Detached(ForceDelete.VerifyEnded(Erased(), true, [], null, Noon), "b0", Noon), typeof(ReclaimAct.Rebaseline)),
        ["resource gone, a point missed"] = (ForceDelete.Detached(ForceDelete.VerifyEnded(Erased(), false, [], "logs not empty", Noon), "b0", Noon), typeof(ReclaimAct.Close)),
        ["on baseline"] = (ForceDelete.RebaselineEnded(ForceDelete.Detached(ForceDelete.VerifyEnded(Erased(), true, [], null, Noon), "b0", Noon), true, [], null, Noon), typeof(ReclaimAct.Close)),
        ["not erased"] = (Failed(), typeof(ReclaimAct.GiveUp)),
        ["given up, killed before the resource went"] = (ForceDelete.GivenUp(Failed(), Noon), typeof(ReclaimAct.GiveUp)),
        ["given up, resource gone"] = (ForceDelete.Detached(ForceDelete.GivenUp(Failed(), Noon), "b0", Noon), typeof(ReclaimAct.Close)),
    };

    public static TheoryData<string> Names() => [.. Expected.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Next_EachStoredState_HasOneAct(string name) => Assert.IsType(Expected[name].Act, ForceDelete.Next(Expected[name].From, Noon.AddSeconds(10)));

    [Fact]
    public void Next_EveryPhase_IsSpokenOf() =>
        Assert.Equal(Enum.GetValues<ReclaimPhase>(), Expected.Values.Select(e => Progress(e.From).Phase).Append(Progress(ForceDelete.Followed(Sent(ReclaimDelivery.Accepted), Record(DeviceOperationState.Running), Options, Noon)).Phase).Distinct().Order());

    [Fact]
    public void Closed_ErasedOrNot_SaysWhich()
    {
        var erased = ForceDelete.Closed(Expected["on baseline"].From, Noon);
        var missed = ForceDelete.Closed(Expected["resource gone, a point missed"].From, Noon);
        var dead = ForceDelete.Closed(Expected["given up, resource gone"].From, Noon);

        Assert.Equal((OperationOutcome.ErasedAndProven, OperationOutcome.NotErased, OperationOutcome.NotErased), (erased.Outcome, missed.Outcome, dead.Outcome));
        Assert.Contains("logs not empty", missed.OutcomeDetail);
        Assert.Contains("ReclaimFailed", dead.OutcomeDetail);
        Assert.All([erased, missed, dead], o => Assert.Contains("b0", o.OutcomeDetail));
    }

    [Fact]
    public void Check_AnotherAllocation_StopsBeforeAnythingIsSent()
    {
        var stopped = ForceDelete.CheckedFirst(Begun(), Held(allocation: "alloc-next"), null, 100, Options, Noon);

        Assert.Equal((ReclaimPhase.Failed, 0), (Progress(stopped).Phase, Progress(stopped).Sends));
        Assert.Contains("alloc-next", Progress(stopped).Why);
    }

    [Fact]
    public void Check_ReleasedMeanwhile_SendsNothingAndReadsBack()
    {
        var released = ForceDelete.CheckedFirst(Begun(), Released() with { LastEraseOperation = null }, null, 100, Options, Noon);
        var proven = ForceDelete.ReadBackDone(released, Released() with { LastEraseOperation = null, LastEraseVerified = null }, Log(ours: false), Options, Noon);

        Assert.Equal((ReclaimPhase.Erased, 0), (Progress(proven).Phase, Progress(proven).Sends));
    }

    [Fact]
    public void Check_TheDeviceKnowsTheOperation_IsFollowedNotSentAgain() =>
        Assert.IsType<ReclaimAct.Follow>(ForceDelete.Next(ForceDelete.CheckedFirst(Begun(), Held(CommissionState.Reclaiming), Record(DeviceOperationState.Running), 100, Options, Noon), Noon.AddMinutes(1)));

    [Fact]
    public void CheckFailed_WrongDevice_StopsAtOnce_OthersWaitForTheDeadline()
    {
        Assert.Equal(ReclaimPhase.Failed, Progress(ForceDelete.CheckFailed(Begun(), LinkFault.WrongDevice, "other serial", Options, Noon)).Phase);
        Assert.All([LinkFault.Unreachable, LinkFault.NoAnswer, LinkFault.TrustFailed, LinkFault.AuthFailed, LinkFault.Protocol, LinkFault.Busy], fault =>
        {
            Assert.Equal(ReclaimPhase.Planned, Progress(ForceDelete.CheckFailed(Begun(), fault, "no", Options, Noon)).Phase);
            Assert.Equal(ReclaimPhase.Failed, Progress(ForceDelete.CheckFailed(Begun(), fault, "no", Options, Noon + Options.ReclaimWithin)).Phase);
        });
    }

    [Fact]
    public void LookUp_TwiceCleanAndFarEnoughApart_SendsTheSameIdAgain_TwoTimesAtMost()
    {
        var operation = Sent(ReclaimDelivery.Unknown);
        for (var resend = 1; resend <= Options.Resends; resend++)
        {
            var once = ForceDelete.LookedUp(operation, null, Held(), Options, Noon);
            Assert.Equal(ReclaimPhase.Unknown, Progress(once).Phase);
            Assert.Equal(ReclaimPhase.Unknown, Progress(ForceDelete.LookedUp(once, null, Held(), Options, Noon + Options.AbsenceMargin - TimeSpan.FromTicks(1))).Phase);
            var again = ForceDelete.LookedUp(once, null, Held(), Options, Noon + Options.AbsenceMargin);
            Assert.IsType<ReclaimAct.Send>(ForceDelete.Next(again, Noon + Options.AbsenceMargin));
            operation = ForceDelete.Sent(ForceDelete.SendIntended(again, Noon), new ReclaimSent(ReclaimDelivery.Unknown, Noon, "", null), Options, Noon);
        }

        var last = ForceDelete.LookedUp(ForceDelete.LookedUp(operation, null, Held(), Options, Noon), null, Held(), Options, Noon + Options.AbsenceMargin);
        Assert.Equal((ReclaimPhase.Unknown, 1 + Options.Resends), (Progress(last).Phase, Progress(last).Sends));
        Assert.IsType<ReclaimAct.LookUp>(ForceDelete.Next(last, Noon.AddMinutes(5)));
    }

    [Theory]
    [InlineData(CommissionState.Reclaiming, Allocation)]
    [InlineData(CommissionState.InCustody, "alloc-next")]
    public void LookUp_SomethingHasChanged_NeverSendsAgain(CommissionState state, string allocation)
    {
        var once = ForceDelete.LookedUp(Sent(ReclaimDelivery.Unknown), null, Held(), Options, Noon);
        var changed = ForceDelete.LookedUp(once, null, Held(state, allocation), Options, Noon + Options.AbsenceMargin);

        Assert.Equal((ReclaimPhase.Unknown, (DateTimeOffset?)null), (Progress(changed).Phase, Progress(changed).AbsentSince));
    }

    [Fact]
    public void LookUp_AReadThatFailsBetween_CountsAsNoProof() =>
        Assert.Null(Progress(ForceDelete.ReadFailed(ForceDelete.LookedUp(Sent(ReclaimDelivery.Unknown), null, Held(), Options, Noon), "time-out", Options, Noon)).AbsentSince);

    public static TheoryData<string> Misses() => ["state", "allocation", "content", "operation", "verified", "log"];

    [Theory]
    [MemberData(nameof(Misses))]
    public void ReadBack_AnyPointMissed_IsNeverErased(string point)
    {
        var read = point switch
        {
            "state" => Released() with { State = CommissionState.Reclaiming },
            "allocation" => Released() with { Allocation = Allocation },
            "content" => Released() with { CustomerContentPresent = null },
            "operation" => Released() with { LastEraseOperation = Guid.Empty },
            "verified" => Released() with { LastEraseVerified = null },
            _ => Released(),
        };
        var log = Log(ours: point != "log");

        Assert.Equal(ReclaimPhase.ReadingBack, Progress(ForceDelete.ReadBackDone(ReadingBack(), read, log, Options, Noon)).Phase);
        Assert.Equal(ReclaimPhase.Failed, Progress(ForceDelete.ReadBackDone(ReadingBack(), read, log, Options, Noon + Options.ReclaimWithin)).Phase);
    }

    [Fact]
    public void ReadBack_LogGap_LastEraseSpeaksAndTheGapIsNoted()
    {
        var erased = ForceDelete.ReadBackDone(ReadingBack(), Released(), Log(ours: false, gap: true), Options, Noon);

        Assert.Equal(ReclaimPhase.Erased, Progress(erased).Phase);
        Assert.Contains(erased.Step(ForceDelete.ReadBackStep).Evidence, e => e.Value.Contains("gap", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadBack_EraseFailed_DecidesAtOnce() =>
        Assert.Equal(ReclaimPhase.Failed, Progress(ForceDelete.ReadBackDone(ReadingBack(), Held(CommissionState.EraseFailed), Log(false), Options, Noon)).Phase);

    [Fact]
    public void Follow_RecordOfAnotherAct_IsNotOurs() =>
        Assert.Equal(ReclaimPhase.Failed, Progress(ForceDelete.Followed(Sent(ReclaimDelivery.Accepted), Record(DeviceOperationState.Succeeded) with { Allocation = "alloc-next" }, Options, Noon)).Phase);

    [Fact]
    public void Follow_StuckToTheDeadline_IsNotErased()
    {
        var stuck = ForceDelete.Followed(Sent(ReclaimDelivery.Accepted), Record(DeviceOperationState.Running), Options, Noon + Options.ReclaimWithin);

        Assert.Equal(ReclaimPhase.Failed, Progress(stuck).Phase);
        Assert.Contains("not known", Progress(stuck).Why);
    }

    /// <summary>A device that loses requests and answers, a portal that dies anywhere: the device erases at most once, and only an erased device is called so.</summary>
    [Property(MaxTest = 300)]
    public bool AnyRun_ErasesAtMostOnceAndTellsTheTruth(byte[] rolls)
    {
        var (operation, now, erasures, blind) = (Begun(), Noon, 0, false);
        for (var i = 0; i < rolls.Length + 3000; i++)
        {
            var roll = i < rolls.Length ? rolls[i] : (byte)254;
            var erased = erasures > 0;
            var read = erased ? Released() : Held();
            var record = erased ? Record(DeviceOperationState.Succeeded) : null;
            var reachable = roll % 5 != 0;
            switch (ForceDelete.Next(operation, now))
            {
                case ReclaimAct.Wait wait:
                    now = wait.Until;
                    continue;
                case ReclaimAct.Check:
                    operation = reachable ? ForceDelete.CheckedFirst(operation, read, record, 100, Options, now) : ForceDelete.CheckFailed(operation, LinkFault.Unreachable, "", Options, now);
                    break;
                case ReclaimAct.Send when blind && erased:
                    // A request whose fate was not known had worked: sending again must be impossible.
                    return false;
                case ReclaimAct.Send:
                    operation = ForceDelete.SendIntended(operation, now);
                    erasures += roll % 3 == 0 ? 1 : 0;
                    blind = true;
                    operation = (roll / 8 % 4) switch
                    {
                        0 => operation,
                        1 => ForceDelete.Sent(operation, new ReclaimSent(ReclaimDelivery.Unknown, now, "", null), Options, now),
                        2 when erasures == 0 => ForceDelete.Sent(operation, new ReclaimSent(ReclaimDelivery.NotSent, now, "", null), Options, now),
                        _ when erasures > 0 => ForceDelete.Sent(operation, new ReclaimSent(ReclaimDelivery.Accepted, now, "", null), Options, now),
                        _ => operation,
                    };
                    break;
                case ReclaimAct.LookUp:
                    operation = reachable ? ForceDelete.LookedUp(operation, record, read, Options, now) : ForceDelete.ReadFailed(operation, "", Options, now);
                    break;
                case ReclaimAct.Follow:
                    operation = reachable ? ForceDelete.Followed(operation, record, Options, now) : ForceDelete.ReadFailed(operation, "", Options, now);
                    break;
                case ReclaimAct.ReadBack:
                    operation = reachable ? ForceDelete.ReadBackDone(operation, read, Log(erased), Options, now) : ForceDelete.ReadFailed(operation, "", Options, now);
                    break;
                default:
                    return erasures <= 1 && (Progress(operation).Phase != ReclaimPhase.Erased || erasures == 1);
            }

            now += TimeSpan.FromSeconds(1);
        }

        return false;
    }
}
