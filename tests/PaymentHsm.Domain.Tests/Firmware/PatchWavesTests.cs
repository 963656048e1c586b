using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Firmware;

public sealed class PatchWavesTests
{
    private static readonly DateTimeOffset Now = TestWaves.Now;

    /// <summary>R40, the first of two independent tests: the query never returns a device that is not free and the operator's, whatever else is true.</summary>
    [Fact]
    public void R40_Candidates_EveryStateAndCustody_OnlyAvailableOfTheOperator()
    {
        foreach (var state in Enum.GetValues<HsmState>())
        {
            foreach (var custody in Enum.GetValues<CustodyState>())
            {
                var device = TestWaves.Device(1) with { Record = TestWaves.Device(1).Record with { State = state, Custody = custody } };
                Assert.Equal(state == HsmState.Available && custody == CustodyState.Operator ? 1 : 0, PatchWaves.Candidates([device], new WaveScope(null, null, []), "2.2b").Count);
            }
        }

        var held = TestWaves.Device(1) with { Record = TestWaves.Device(1).Record with { Hold = true } };
        Assert.Empty(PatchWaves.Candidates([held], new WaveScope(null, null, []), "2.2b"));
    }

    [Fact]
    public void Candidates_Scope_NarrowsAndNeverTakesTheTargetOrAnUnreadOne()
    {
        PoolDevice[] pool = [TestWaves.Device(1), TestWaves.Device(2, "stamp2", "1.9a"), TestWaves.Device(3, "stamp2"), TestWaves.Device(4, firmware: "2.2b"), TestWaves.Device(5) with { Firmware = null }];

        Assert.Equal([2, 3, 1], Numbers(PatchWaves.Candidates([.. pool[..3], pool[1] with { Record = pool[1].Record with { Serial = TestWaves.Serial(9) }, Firmware = "2.2b" }], new WaveScope(null, null, []), "2.2b")));
        Assert.Equal([2], Numbers(PatchWaves.Candidates(pool, new WaveScope("eastus", null, ["1.9a"]), "2.2b")));
        Assert.Equal([1], Numbers(PatchWaves.Candidates(pool, new WaveScope(null, "stamp1", []), "2.2b")));
        Assert.Empty(PatchWaves.Candidates(pool, new WaveScope("westeurope", null, []), "2.2b"));
    }

    [Fact]
    public void MayPlan_EachThingThatStandsAgainstIt_HasItsRule()
    {
        var pool = TestWaves.Pool(3);
        var members = PatchWaves.Candidates(pool, new WaveScope(null, null, []), "2.2b");
        Refusal? May(Actor? actor = null, FirmwareImage? image = null, WaveLimits? limits = null, string? reason = "why", IReadOnlyList<WaveMember>? of = null, PoolDevice[]? from = null) =>
            PatchWaves.MayPlan(actor ?? TestWaves.Engineer1, image ?? TestWaves.Image("2.2b"), "2.2b", limits ?? TestWaves.Limits, reason, of ?? members, from ?? pool, Now);

        Assert.Null(May());
        Assert.Equal("R2", May(actor: new Actor("support1", Role.Support))?.RuleId);
        Assert.Equal("R34", May(image: TestWaves.Image("2.2b") with { ApprovedBy = null })?.RuleId);
        Assert.Equal("R37", PatchWaves.MayPlan(TestWaves.Engineer1, null, "9.9z", TestWaves.Limits, "why", members, pool, Now)?.RuleId);
        Assert.Equal("R40", May(of: [])?.RuleId);
        Assert.Equal("R44", May(reason: " ")?.RuleId);
        Assert.Equal("R44", May(limits: TestWaves.Limits with { PerStamp = 0 })?.RuleId);
        Assert.Equal("R44", May(limits: TestWaves.Limits with { Reserve = 3 })?.RuleId);
    }

    [Fact]
    public void MayApprove_AnotherEngineerWithTheDigestOfTheImageAsPlanned()
    {
        var wave = TestWaves.Wave(TestWaves.Pool(3));
        var image = TestWaves.Image("2.2b");

        Assert.Null(PatchWaves.MayApprove(TestWaves.Engineer2, wave, wave.Digest, image, Now));
        Assert.Equal("R10", PatchWaves.MayApprove(TestWaves.Engineer1, wave, wave.Digest, image, Now)?.RuleId);
        Assert.Equal("R2", PatchWaves.MayApprove(new Actor("auditor1", Role.Auditor), wave, wave.Digest, image, Now)?.RuleId);
        Assert.Equal("R76", PatchWaves.MayApprove(TestWaves.Engineer2, wave, new string('0', 64), image, Now)?.RuleId);
        Assert.Equal("R37", PatchWaves.MayApprove(TestWaves.Engineer2, wave, wave.Digest, image with { Digest = new string('b', 64) }, Now)?.RuleId);
        Assert.Equal("R34", PatchWaves.MayApprove(TestWaves.Engineer2, wave, wave.Digest, image with { Pts = image.Pts with { ValidUntil = Now } }, Now)?.RuleId);
        Assert.Equal("I10", PatchWaves.MayApprove(TestWaves.Engineer2, wave, wave.Digest, image, wave.ApproveBefore)?.RuleId);
        Assert.Equal("I9", PatchWaves.MayApprove(TestWaves.Engineer2, wave with { State = WaveState.Canary }, wave.Digest, image, Now)?.RuleId);
    }

    [Fact]
    public void Digest_AnyFrozenFactChanged_IsAnother()
    {
        var wave = TestWaves.Wave(TestWaves.Pool(3));
        string Of(PatchWave w) => PatchWave.DigestOf(w.Target, w.ImageDigest, w.Scope, w.Limits, w.Members);

        Assert.Equal(wave.Digest, Of(wave.With(wave.Members[0] with { State = MemberState.Patched, Operation = Guid.Empty, Detail = "done" })));
        Assert.All(
            new[]
            {
                wave with { Target = "2.3a" }, wave with { ImageDigest = new string('b', 64) }, wave with { Scope = wave.Scope with { Stamp = "stamp1" } }, wave with { Limits = wave.Limits with { PerStamp = 2 } },
                wave with { Members = [.. wave.Members.Reverse()] }, wave with { Members = [.. wave.Members.Skip(1)] }, wave.With(wave.Members[0] with { From = "1.9a" }),
            },
            changed => Assert.NotEqual(wave.Digest, Of(changed)));
    }

    [Fact]
    public void Next_FirstTheCanaryThenTheSoakThenTheOthers()
    {
        var pool = TestWaves.Pool(4);
        var run = new Play(TestWaves.Running(pool), pool);

        Assert.Equal(1, run.StartAll());
        run.End(OperationOutcome.Verified);
        Assert.Equal(WaveState.Soaking, run.Until<WaveAct.Wait>().State);
        Assert.Equal(0, run.StartAll());
        run.Pass(TimeSpan.FromHours(1));
        Assert.Equal(1, run.StartAll());
        run.End(OperationOutcome.Verified);
        Assert.Equal(1, run.StartAll());
        run.End(OperationOutcome.Verified);
        Assert.Equal(1, run.StartAll());
        run.End(OperationOutcome.Verified);

        Assert.Equal((WaveState.Done, 4), (run.Until<WaveAct.Ended>().State, run.Wave.Count(MemberState.Patched)));
    }

    [Fact]
    public void Next_CanaryFails_StopsBeforeAnyOther()
    {
        var pool = TestWaves.Pool(20);
        var run = new Play(TestWaves.Running(pool), pool);
        run.StartAll();

        run.End(OperationOutcome.NotObserved);

        Assert.Equal((WaveState.Aborted, 1, 19), (run.Until<WaveAct.Ended>().State, run.Wave.Count(MemberState.Failed), run.Wave.Count(MemberState.NotReached)));
    }

    [Fact]
    public void Next_CanaryCriticalWhileWatched_Stops()
    {
        var pool = TestWaves.Pool(3);
        var run = new Play(TestWaves.Running(pool), pool);
        run.StartAll();
        run.End(OperationOutcome.Verified);
        run.Until<WaveAct.Wait>();

        run.Change(run.Wave.Canary!.Serial, d => d with { Health = Health.Critical });

        Assert.Equal(WaveState.Aborted, run.Until<WaveAct.Ended>().State);
        Assert.Contains("critical", run.Wave.Ending, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_FailureRateReached_StopsAndLetsWhatRunsEnd()
    {
        PoolDevice[] pool = [.. TestWaves.Pool(5), .. Enumerable.Range(6, 5).Select(n => TestWaves.Device(n, "stamp2"))];
        var run = new Play(TestWaves.Running(pool, TestWaves.Limits with { Soak = TimeSpan.Zero }), pool);
        run.StartAll();
        run.End(OperationOutcome.Verified);
        Assert.Equal(2, run.StartAll()); // one per stamp
        run.End(OperationOutcome.Refused, count: 1);
        Assert.Equal(1, run.StartAll()); // 1 of 10 failed: goes on
        run.End(OperationOutcome.NotObserved, count: 1);
        Assert.Equal(0, run.StartAll()); // 2 of 10: 20 %
        Assert.Equal(WaveState.Stopping, run.Wave.State);
        run.End(OperationOutcome.Verified);

        Assert.Equal((WaveState.Aborted, 2, 2), (run.Until<WaveAct.Ended>().State, run.Wave.Count(MemberState.Failed), run.Wave.Count(MemberState.Patched)));
    }

    [Fact]
    public void Next_ReservedBeforeItsTurn_DropsOutWithTheReason_AndTheNextIsTheCanary()
    {
        var pool = TestWaves.Pool(3);
        var run = new Play(TestWaves.Running(pool, TestWaves.Limits with { Reserve = 2 }), pool);
        run.Change(run.Wave.Members[0].Serial, d => d with { Record = d.Record with { State = HsmState.Reserved } });
        run.Change(run.Wave.Members[1].Serial, d => d with { Busy = "SoftReboot op-1" });

        // The busy one and the last are free: taking one would break the reserve, so it waits.
        run.Until<WaveAct.Wait>();
        Assert.Equal([MemberState.DroppedOut, MemberState.DroppedOut, MemberState.Waiting], run.Wave.Members.Select(m => m.State));
        Assert.Contains("Reserved", run.Wave.Members[0].Detail, StringComparison.Ordinal);
        Assert.Equal(run.Wave.Members[2], run.Wave.Canary);
    }

    [Fact]
    public void Next_TimeIsOver_StopsWithWhatIsLeft()
    {
        var pool = TestWaves.Pool(1);
        var run = new Play(TestWaves.Running(pool, TestWaves.Limits with { Reserve = 1 }), pool);
        run.Until<WaveAct.Wait>();

        run.Pass(TimeSpan.FromDays(7));

        Assert.Equal((WaveState.Aborted, 1), (run.Until<WaveAct.Ended>().State, run.Wave.Count(MemberState.NotReached)));
    }

    [Fact]
    public void Next_UnsignedPlan_Lapses_AndAStoppedPlanIsCancelled()
    {
        var wave = TestWaves.Wave(TestWaves.Pool(3));

        Assert.Equal(WaveState.Cancelled, Assert.IsType<WaveAct.Change>(Next(wave, wave.ApproveBefore)).After.State);
        Assert.Equal(wave.ApproveBefore, Assert.IsType<WaveAct.Wait>(Next(wave, Now)).Until);
        Assert.Equal(WaveState.Cancelled, PatchWaves.Stopped(wave, "no", Now).State);
        Assert.Equal("I9", PatchWaves.MayAbort(TestWaves.Engineer1, PatchWaves.Stopped(wave, "no", Now))?.RuleId);
    }

    [Fact]
    public void Next_MemberWithAnIdButNoOperation_IsBegunAgain()
    {
        var wave = TestWaves.Running(TestWaves.Pool(3));
        var begun = wave.With(wave.Members[0] with { State = MemberState.Patching, Operation = Guid.NewGuid() });

        Assert.Equal(begun.Members[0], Assert.IsType<WaveAct.Begin>(Next(begun, Now)).Member);
    }

    [Fact]
    public void Json_OfAWave_ComesBack()
    {
        var wave = TestWaves.Running(TestWaves.Pool(2));
        Assert.Equal(JsonSerializer.Serialize(wave), JsonSerializer.Serialize(JsonSerializer.Deserialize<PatchWave>(JsonSerializer.Serialize(wave))));
    }

    /// <summary>R44 and R40 through any life of a wave: caps and reserve hold at every moment, nothing but a free device is begun, and it always ends.</summary>
    [Property(MaxTest = 200)]
    public bool R44_AnyLife_KeepsCapAndReserveAndEnds(PositiveInt size, int seed, bool wide)
    {
        var random = new Random(seed);
        var count = (size.Get % 12) + 2;
        PoolDevice[] pool = [.. Enumerable.Range(1, count).Select(n => TestWaves.Device(n, n % 2 == 0 ? "stamp1" : "stamp2"))];
        var limits = TestWaves.Limits with { PerStamp = wide ? 3 : 1, Soak = TimeSpan.FromMinutes(random.Next(3)) };
        var run = new Play(TestWaves.Running(pool, limits), pool);
        for (var i = 0; i < 2000 && !run.Wave.IsEnded; i++)
        {
            switch (random.Next(4))
            {
                case 0: run.StartAll(); break;
                case 1: run.End(random.Next(5) == 0 ? OperationOutcome.NotObserved : OperationOutcome.Verified, count: 1); break;
                case 2: run.Pass(TimeSpan.FromMinutes(10)); break;
                default:
                    // A customer may take a free device at any moment, but not below the reserve of this test's other half.
                    var taken = pool[random.Next(count)].Record.Serial;
                    run.Change(taken, d => d.Closed is null && random.Next(8) == 0 ? d with { Record = d.Record with { State = HsmState.Reserved } } : d);
                    break;
            }

            if (!run.KeepsItsLimits)
            {
                return false;
            }
        }

        run.Pass(TimeSpan.FromDays(8));
        run.End(OperationOutcome.Verified);
        return run.Until<WaveAct.Ended>().IsEnded && run.KeepsItsLimits;
    }

    private static int[] Numbers(IEnumerable<WaveMember> members) => [.. members.Select(m => int.Parse(m.Serial.ToString()[1..11], System.Globalization.CultureInfo.InvariantCulture))];

    private static WaveAct Next(PatchWave wave, DateTimeOffset now) => PatchWaves.Next(wave, new Dictionary<Guid, Operation>(), TestWaves.Pool(3).ToDictionary(d => d.Record.Serial), now);

    /// <summary>Plays a wave with a pool of its own, as the runner and the devices' drivers would.</summary>
    private sealed class Play(PatchWave wave, IEnumerable<PoolDevice> pool)
    {
        private readonly Dictionary<HsmSerial, PoolDevice> _pool = pool.ToDictionary(d => d.Record.Serial);
        private readonly Dictionary<Guid, Operation> _operations = [];
        private DateTimeOffset _now = Now;

        public PatchWave Wave { get; private set; } = wave;

        /// <summary>No stamp has more members at work than its cap, and none was begun that left less than the reserve.</summary>
        public bool KeepsItsLimits { get; private set; } = true;

        public void Pass(TimeSpan time) => _now += time;

        public void Change(HsmSerial serial, Func<PoolDevice, PoolDevice> change) => _pool[serial] = change(_pool[serial]);

        /// <summary>Goes on until nothing can be begun; returns how many were.</summary>
        public int StartAll()
        {
            var begun = _operations.Count;
            Until<WaveAct.Wait>();
            return _operations.Count - begun;
        }

        public void End(OperationOutcome outcome, int count = int.MaxValue)
        {
            foreach (var member in Wave.Members.Where(m => m.State == MemberState.Patching && _operations[m.Operation!.Value].State != OperationState.Finished).Take(count).ToList())
            {
                _operations[member.Operation!.Value] = _operations[member.Operation.Value] with { State = OperationState.Finished, Outcome = outcome, OutcomeDetail = outcome.ToString() };
                Change(member.Serial, d => d with { Firmware = "2.2b", Record = d.Record with { State = outcome == OperationOutcome.Verified ? HsmState.Available : HsmState.Quarantined } });
            }
        }

        public PatchWave Until<T>()
            where T : WaveAct
        {
            for (var i = 0; i < 1000; i++)
            {
                switch (PatchWaves.Next(Wave, _operations, _pool, _now))
                {
                    case WaveAct.Change(var after, _, _): Wave = after; break;
                    case WaveAct.Start(var member): Wave = Wave.With(member with { State = MemberState.Patching, Operation = Guid.NewGuid() }); break;
                    case WaveAct.Begin(var member): Begin(member); break;
                    case T or WaveAct.Ended: return Wave;
                    case WaveAct.Wait: throw new InvalidOperationException($"The wave waits in {Wave.State}, but should go on to {typeof(T).Name}.");
                }
            }

            throw new InvalidOperationException("The wave does not come to rest.");
        }

        private void Begin(WaveMember member)
        {
            _operations[member.Operation!.Value] = FirmwareUpdate.New(member.Operation.Value, Wave, member, _now);
            KeepsItsLimits &= _pool[member.Serial].Closed is null;
            Change(member.Serial, d => d with { Record = d.Record with { State = HsmState.Patching } });
            var stamp = Wave.Members.Where(m => m.State == MemberState.Patching && (m.Region, m.Stamp) == (member.Region, member.Stamp)).ToList();
            var free = _pool.Values.Count(d => d.Closed is null && (d.Location.Region, d.Location.Stamp) == (member.Region, member.Stamp));
            KeepsItsLimits &= stamp.Count <= Wave.Limits.PerStamp && free >= Wave.Limits.Reserve;
        }
    }
}
