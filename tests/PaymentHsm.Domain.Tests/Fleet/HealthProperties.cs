using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Tests.Fleet;

/// <summary>What must hold after any run of polls, sane or not.</summary>
[Properties(Arbitrary = [typeof(PollRuns)], MaxTest = 300)]
public sealed class HealthProperties
{
    private static readonly Health[] Known = [Health.Ok, Health.Warning, Health.Critical];

    [Property]
    public bool Judge_AnyRun_NoSinglePollTurnsAReadingFromOkToCriticalExceptTamper(PollRun run) =>
        Walk(run).All(step => ReadingName.All.Where(n => n != ReadingName.Tamper).All(n =>
            !(step.Before[n].Shown.Health == Health.Ok && step.Before[n].Suspect is null && step.After.State[n].Shown.Health == Health.Critical)));

    [Property]
    public bool Judge_AnyRunThenSilence_IsNeverOk(PollRun run)
    {
        var state = Walk(run).Last().After.State;
        var now = run.Polls[^1].At + TimeSpan.FromDays(1);
        for (var i = 0; i < HealthOptions.Default.PollsToDown; i++)
        {
            now += TimeSpan.FromSeconds(10);
            state = HealthRules.Judge(state, TestPolls.Down(now), now).State;
        }

        var judged = HealthRules.Judge(state, TestPolls.Down(now), now);
        return judged.Overall is Health.Critical or Health.Unknown
            && ReadingName.ThroughOob.All(n => judged.Readings[n].Health == Health.Unknown || (n == ReadingName.Tamper && judged.Readings[n].Health == Health.Critical));
    }

    [Property]
    public bool Judge_AnyRun_TimesNeverGoBackAndNeverRunAhead(PollRun run) =>
        Walk(run).All(step => ReadingName.All.All(n =>
            step.After.State[n].Shown is var after && step.Before[n].Shown is var before
            && after.ObservedAt >= before.ObservedAt && after.Since >= before.Since && after.ObservedAt <= Max(step.Now, before.ObservedAt)));

    [Property]
    public bool Judge_AnyRun_KeepsTwelveReadingsAndSaysWhyForEachThatIsNotOk(PollRun run) =>
        Walk(run).All(step => step.After.State.Count == 12
            && step.After.State.Values.All(r => r.Shown.Health == Health.Ok || r.Shown.Why is { Length: > 0 }));

    [Property]
    public bool Judge_AnyRun_SinceMovesExactlyWhenTheHealthDoes(PollRun run) =>
        Walk(run).All(step => ReadingName.All.All(n =>
            step.After.State[n].Shown.Health != step.Before[n].Shown.Health || step.After.State[n].Shown.Since == step.Before[n].Shown.Since));

    [Property]
    public bool R52_Judge_AnyRun_TamperLatchClearsOnlyByASampleThatSaysNormal(PollRun run) =>
        Walk(run).All(step => !(step.Before[ReadingName.Tamper].Shown.Health == Health.Critical && step.After.State[ReadingName.Tamper].Shown.Health != Health.Critical)
            || step.Poll.Samples.Last(s => s.Name == ReadingName.Tamper) is { Problem: null, Value.Word: "Normal" });

    [Property]
    public bool Judge_AnyRun_OverallIsAtLeastAsBadAsEveryKnownReadingUnlessACauseIsKnown(PollRun run) =>
        Walk(run).All(step => step.After.Overall == Health.Unknown || step.After.Readings.Values.Where(r => Known.Contains(r.Health)).All(r => r.Health <= step.After.Overall));

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static List<(IReadOnlyDictionary<string, JudgedReading> Before, HealthPoll Poll, DateTimeOffset Now, HealthJudgement After)> Walk(PollRun run)
    {
        var state = HealthRules.Unread(TestPolls.Start);
        var steps = new List<(IReadOnlyDictionary<string, JudgedReading>, HealthPoll, DateTimeOffset, HealthJudgement)>();
        var now = TestPolls.Start;
        foreach (var poll in run.Polls)
        {
            now += TimeSpan.FromSeconds(10);
            var after = HealthRules.Judge(state, poll, now);
            steps.Add((state, poll, now, after));
            state = after.State;
        }

        return steps;
    }

    /// <summary>A run of polls; their own times may lag, lead or go back.</summary>
    public sealed record PollRun(IReadOnlyList<HealthPoll> Polls);

    /// <summary>Makes runs: good samples mixed with bad, lost, odd and missing ones.</summary>
    public static class PollRuns
    {
        private static readonly string[] Words = ["Normal", "TamperingDetected", "HardwareIntrusion", "LinkUp", "LinkDown", "NoLink", "Up", "Down", "Flapping", "LossOfInput"];

        private static Gen<ReadingValue> Value() => Gen.OneOf(
            Gen.Elements(Words).Select(ReadingValue.Of),
            Gen.Choose(-10, 300).Select(n => ReadingValue.Of(n)),
            Gen.Elements(double.NaN, double.PositiveInfinity).Select(ReadingValue.Of),
            Gen.Constant(ReadingValue.None));

        private static Gen<Sample> Odd(string name) =>
            from value in Value()
            from reported in Gen.Elements<Health?>(null, Health.Ok, Health.Warning, Health.Critical, Health.Unknown)
            from limits in Gen.Elements(null, new Limits(40, 45, 5, 1), new Limits())
            from unit in Gen.Elements(null, "V", "Cel", "%")
            select new Sample(name, value, unit, reported, limits, "OOB");

        private static Gen<Sample?> Any(string name) => Gen.Frequency(
            (6, Gen.Constant<Sample?>(TestPolls.Good(name))),
            (4, Odd(name).Select(s => (Sample?)s)),
            (1, Gen.Constant<Sample?>(TestPolls.Lost(name))),
            (1, Gen.Constant<Sample?>(null)));

        private static Gen<HealthPoll> Poll(int index) =>
            from samples in Gen.CollectToSequence(ReadingName.All.Where(n => n != ReadingName.Oob), Any)
            from reach in Gen.Elements(OobReach.Up, OobReach.Up, OobReach.Up, OobReach.Degraded, OobReach.Down, OobReach.Down)
            from fault in Gen.Elements<LinkFault?>(null, LinkFault.Unreachable, LinkFault.TrustFailed, LinkFault.Protocol)
            from off in Gen.Choose(-40, 40)
            select new HealthPoll(TestPolls.Start.AddSeconds((index * 10) + off), TimeSpan.FromMilliseconds(off + 50), reach, fault, null, [.. samples.OfType<Sample>()], null, null, null);

        public static Arbitrary<PollRun> Runs() => Arb.From(
            from length in Gen.Choose(1, 12)
            from polls in Gen.CollectToSequence(Enumerable.Range(1, length), Poll)
            select new PollRun([.. polls]));
    }
}
