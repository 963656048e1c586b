using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Firmware;

/// <summary>The rules of a patch wave (W7): who may be in it, what is next, and when it stops.</summary>
public static class PatchWaves
{
    /// <summary>Pause before the picture is looked at again while something is awaited.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The devices that a wave may patch: free, in the operator's custody, of another version than the target (R40). Ordered for the work: the stamp with the
    /// most free devices first, so that the canary costs the least.
    /// </summary>
    public static IReadOnlyList<WaveMember> Candidates(IReadOnlyCollection<PoolDevice> pool, WaveScope scope, string target)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(scope);
        var free = pool.Where(d => d.Closed is null).ToLookup(Stamp);
        return
        [
            .. pool.Where(d => d.Closed is null && d.Firmware is not null && d.Firmware != target)
                .Where(d => (scope.Region is null || d.Location.Region == scope.Region) && (scope.Stamp is null || d.Location.Stamp == scope.Stamp))
                .Where(d => scope.Versions.Count == 0 || scope.Versions.Contains(d.Firmware!, StringComparer.Ordinal))
                .OrderByDescending(d => free[Stamp(d)].Count()).ThenBy(d => d.Record.Serial.ToString(), StringComparer.Ordinal)
                .Select(d => new WaveMember(d.Record.Serial, d.Location.Region, d.Location.Stamp, d.Firmware!)),
        ];
    }

    /// <summary>Why a plan may not be made; null when it may.</summary>
    public static Refusal? MayPlan(Actor actor, FirmwareImage? image, string? target, WaveLimits limits, string? reason, IReadOnlyList<WaveMember> members, IReadOnlyCollection<PoolDevice> pool, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(pool);
        if (Engineer(actor, "plans a patch wave") is { } no)
        {
            return no;
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
        {
            return new Refusal("R44", RefusalKind.BadInput, "A wave needs a reason of at most 500 characters.", "Say why the devices are patched.");
        }

        if (limits.PerStamp is < 1 or > 100 || limits.AbortAtPercent is < 1 or > 100 || limits.Soak < TimeSpan.Zero || limits.Soak > TimeSpan.FromDays(30))
        {
            return new Refusal("R44", RefusalKind.BadInput, "Limits are: 1 to 100 devices per stamp at a time, a soak of at most 30 days, a stop at 1 to 100 percent failures.");
        }

        if (image is null)
        {
            return new Refusal("R37", RefusalKind.BadInput, $"The catalogue has no image of version '{target}'.", "Stage it first.");
        }

        if (image.Misses(now) is { Count: > 0 } misses)
        {
            return new Refusal("R34", RefusalKind.NotInThisState, $"{image.Version} may not be put on a device: {string.Join("; ", misses)}.", "Choose an approved image, or renew its listing.");
        }

        if (members.Count == 0)
        {
            return new Refusal("R40", RefusalKind.NotInThisState, $"No free device of the operator in this selection runs another version than {image.Version}.", "Widen the selection. A customer patches a device that it holds.");
        }

        var tight = members.Select(m => (m.Region, m.Stamp)).Distinct().Where(s => FreeIn(pool, s) - 1 < limits.Reserve).Select(s => $"{s.Region}/{s.Stamp}").ToList();
        return tight.Count > 0
            ? new Refusal("R44", RefusalKind.NotInThisState, $"Taking one device out of {string.Join(" and ", tight)} would leave fewer than {limits.Reserve} free.", "Wait for devices to come back, or leave that stamp out.")
            : null;
    }

    /// <summary>Why this person may not sign the plan; null when they may.</summary>
    public static Refusal? MayApprove(Actor actor, PatchWave wave, string? digest, FirmwareImage? image, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wave);
        return ClosedToApprove(actor, wave, now)
            ?? (digest != wave.Digest ? new Refusal("R76", RefusalKind.BadInput, "The signed digest is not the plan's.", "Read the plan as it is now and sign that.") : null)
            ?? (image is null || image.Digest != wave.ImageDigest ? new Refusal("R37", RefusalKind.NotInThisState, $"The image {wave.Target} is no longer the one that was planned.", "Abort this wave and plan a new one.") : null)
            ?? (image!.Misses(now) is { Count: > 0 } misses ? new Refusal("R34", RefusalKind.NotInThisState, $"{image.Version} may not be put on a device: {string.Join("; ", misses)}.") : null);
    }

    /// <summary>Why signing is closed to this person, before anything is typed; null when it is open.</summary>
    public static Refusal? ClosedToApprove(Actor actor, PatchWave wave, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wave);
        return wave.State != WaveState.Planned ? new Refusal("I9", RefusalKind.NotInThisState, $"{wave.ShortName} is {wave.State}; only a plan can be signed.")
            : Engineer(actor, "signs a patch wave")
            ?? (actor.Id == wave.PlannedBy ? new Refusal("R10", RefusalKind.NotThisPerson, "You planned this wave; another engineer signs it.", "Ask another engineer.") : null)
            ?? (now >= wave.ApproveBefore ? new Refusal("I10", RefusalKind.NotInThisState, $"The plan lapsed at {wave.ApproveBefore:yyyy-MM-dd HH:mm}Z.", "Plan it again.") : null);
    }

    /// <summary>Why this person may not stop the wave; null when they may. Stopping needs no second person.</summary>
    public static Refusal? MayAbort(Actor actor, PatchWave wave)
    {
        ArgumentNullException.ThrowIfNull(wave);
        return wave.IsEnded || wave.State == WaveState.Stopping
            ? new Refusal("I9", RefusalKind.NotInThisState, $"{wave.ShortName} is {wave.State}; there is nothing to stop.")
            : Engineer(actor, "stops a patch wave");
    }

    /// <summary>The wave after the other engineer's yes; the rule was asked before.</summary>
    public static PatchWave Approved(PatchWave wave, Actor by, DateTimeOffset now, TimeSpan runFor)
    {
        ArgumentNullException.ThrowIfNull(wave);
        ArgumentNullException.ThrowIfNull(by);
        return wave with { State = WaveState.Canary, ApprovedBy = by.Id, ApprovedAt = now, RunBefore = now + runFor };
    }

    /// <summary>The wave after it was told to stop. A plan is cancelled; a running wave lets what runs end.</summary>
    public static PatchWave Stopped(PatchWave wave, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wave);
        return wave.State == WaveState.Planned
            ? End(wave, WaveState.Cancelled, why, now)
            : wave with { State = WaveState.Stopping, Ending = why };
    }

    /// <summary>What is next. Pure; the same picture gives the same act.</summary>
    /// <param name="wave">As stored.</param>
    /// <param name="operations">The members' operations, as stored, by id.</param>
    /// <param name="pool">The devices as they are now.</param>
    /// <param name="now">Present time.</param>
    public static WaveAct Next(PatchWave wave, IReadOnlyDictionary<Guid, Operation> operations, IReadOnlyDictionary<HsmSerial, PoolDevice> pool, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wave);
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(pool);
        if (wave.IsEnded)
        {
            return new WaveAct.Ended();
        }

        if (wave.State == WaveState.Planned)
        {
            return now >= wave.ApproveBefore
                ? new WaveAct.Change(End(wave, WaveState.Cancelled, "Nobody signed in time.", now), "wave.lapsed")
                : new WaveAct.Wait(wave.ApproveBefore);
        }

        return Running(wave, operations) ?? Stop(wave, pool, now) ?? Onward(wave, pool, now);
    }

    /// <summary>Members at work: begun again when their operation was not stored yet, settled when it has ended.</summary>
    private static WaveAct? Running(PatchWave wave, IReadOnlyDictionary<Guid, Operation> operations)
    {
        foreach (var member in wave.Members.Where(m => m.State == MemberState.Patching))
        {
            if (!operations.TryGetValue(member.Operation!.Value, out var operation))
            {
                return new WaveAct.Begin(member);
            }

            if (operation.State == OperationState.Finished)
            {
                return new WaveAct.Change(wave.With(Settled(member, operation)), $"wave.member.{Settled(member, operation).State.ToString().ToLowerInvariant()}", member.Serial);
            }
        }

        return null;
    }

    private static WaveMember Settled(WaveMember member, Operation operation) => member with
    {
        Detail = operation.OutcomeDetail,
        State = operation.Outcome == OperationOutcome.Verified ? MemberState.Patched

            // Nothing was begun on the device: it was no longer free, or not to be patched.
            : operation.Step(FirmwareUpdate.LockStep).State == StepState.NotDone ? MemberState.DroppedOut
            : MemberState.Failed,
    };

    private static WaveAct? Stop(PatchWave wave, IReadOnlyDictionary<HsmSerial, PoolDevice> pool, DateTimeOffset now)
    {
        if (wave.State == WaveState.Stopping)
        {
            return wave.Count(MemberState.Patching) > 0 ? new WaveAct.Wait(now + LookAgain) : new WaveAct.Change(Closed(wave, WaveState.Aborted, wave.Ending ?? "Stopped.", now), "wave.aborted");
        }

        var failed = wave.Count(MemberState.Failed);
        var why = wave.State is WaveState.Canary && failed > 0 ? "The canary failed."
            : failed > 0 && failed * 100 >= wave.Limits.AbortAtPercent * wave.TakingPart ? $"{failed} of {wave.TakingPart} failed; the wave stops at {wave.Limits.AbortAtPercent} %."
            : wave.State is WaveState.Soaking && CanaryUnwell(wave, pool) is { } unwell ? unwell
            : now >= wave.RunBefore ? "The time for this wave is over."
            : null;
        return why is null ? null : new WaveAct.Change(Stopped(wave, why, now), "wave.stopping");
    }

    private static string? CanaryUnwell(PatchWave wave, IReadOnlyDictionary<HsmSerial, PoolDevice> pool) =>
        wave.Members.FirstOrDefault(m => m.State == MemberState.Patched) is not { } canary || !pool.TryGetValue(canary.Serial, out var device) ? null
        : device.Record.State == HsmState.Quarantined ? $"The canary {canary.Serial} was quarantined while it was watched."
        : device.Health == Health.Critical ? $"The canary {canary.Serial} became critical while it was watched."
        : null;

    private static WaveAct Onward(PatchWave wave, IReadOnlyDictionary<HsmSerial, PoolDevice> pool, DateTimeOffset now)
    {
        var running = wave.Count(MemberState.Patching);
        if (wave.State == WaveState.Canary && wave.Count(MemberState.Patched) > 0)
        {
            // The last reading may still be one of the restart: watching begins when the canary is seen well.
            var canary = wave.Members.First(m => m.State == MemberState.Patched);
            return pool.TryGetValue(canary.Serial, out var device) && device.Health == Health.Ok
                ? new WaveAct.Change(wave with { State = WaveState.Soaking, SoakUntil = now + wave.Limits.Soak }, "wave.soaking")
                : new WaveAct.Wait(now + LookAgain);
        }

        if (wave.State == WaveState.Soaking)
        {
            return now >= wave.SoakUntil
                ? new WaveAct.Change(wave with { State = WaveState.Patching }, "wave.patching")
                : new WaveAct.Wait(Earlier(wave.SoakUntil ?? now, now + LookAgain));
        }

        foreach (var member in wave.Members.Where(m => m.State == MemberState.Waiting))
        {
            if (DropsOut(wave, member, pool) is { } reason)
            {
                return new WaveAct.Change(wave.With(member with { State = MemberState.DroppedOut, Detail = reason }), "wave.member.dropped", member.Serial);
            }

            if (HasRoom(wave, member, pool))
            {
                return new WaveAct.Start(member);
            }
        }

        return running == 0 && wave.Count(MemberState.Waiting) == 0
            ? new WaveAct.Change(Closed(wave, WaveState.Done, $"{wave.Count(MemberState.Patched)} patched, {wave.Count(MemberState.Failed)} failed, {wave.Count(MemberState.DroppedOut)} dropped out.", now), "wave.done")
            : new WaveAct.Wait(now + LookAgain);
    }

    /// <summary>A reserved one drops out: a customer comes first.</summary>
    private static string? DropsOut(PatchWave wave, WaveMember member, IReadOnlyDictionary<HsmSerial, PoolDevice> pool) =>
        !pool.TryGetValue(member.Serial, out var device) ? "it is no longer enrolled"
        : device.Closed is { } closed ? closed
        : device.Busy is { } busy ? $"{busy} holds it"
        : device.Firmware == wave.Target ? $"it runs {wave.Target} already"
        : null;

    /// <summary>Within the cap of its stamp, and the reserve stays (R44). Members that were begun but are not locked yet still count as free, so they are taken off.</summary>
    private static bool HasRoom(PatchWave wave, WaveMember member, IReadOnlyDictionary<HsmSerial, PoolDevice> pool)
    {
        var atWork = wave.Members.Where(m => m.State == MemberState.Patching).ToList();
        var inStamp = atWork.Where(m => (m.Region, m.Stamp) == (member.Region, member.Stamp)).ToList();
        var notLocked = inStamp.Count(m => pool.TryGetValue(m.Serial, out var d) && d.Closed is null);
        return (wave.State != WaveState.Canary || atWork.Count == 0)
            && inStamp.Count < wave.Limits.PerStamp
            && FreeIn(pool.Values, (member.Region, member.Stamp)) - notLocked - 1 >= wave.Limits.Reserve;
    }

    private static PatchWave Closed(PatchWave wave, WaveState state, string ending, DateTimeOffset now) =>
        End(wave, state, ending, now) with { Members = [.. wave.Members.Select(m => m.State == MemberState.Waiting ? m with { State = MemberState.NotReached } : m)] };

    private static PatchWave End(PatchWave wave, WaveState state, string ending, DateTimeOffset now) => wave with { State = state, Ending = ending, EndedAt = now };

    private static int FreeIn(IEnumerable<PoolDevice> pool, (string Region, string Stamp) stamp) => pool.Count(d => d.Closed is null && Stamp(d) == stamp);

    private static (string Region, string Stamp) Stamp(PoolDevice device) => (device.Location.Region, device.Location.Stamp);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static Refusal? Engineer(Actor actor, string act) => actor.Role == Role.Engineering
        ? null
        : new Refusal("R2", RefusalKind.NotThisPerson, $"Engineering {act}; {actor.Id} is {actor.Role}.", "Ask an engineer.");
}

/// <summary>The next act of a wave.</summary>
public abstract record WaveAct
{
    private WaveAct()
    {
    }

    /// <summary>It has ended.</summary>
    public sealed record Ended : WaveAct;

    /// <summary>Look again then, or when something happens.</summary>
    public sealed record Wait(DateTimeOffset Until) : WaveAct;

    /// <summary>Store this; nothing else is done.</summary>
    /// <param name="After">The wave as it is to be stored.</param>
    /// <param name="Action">Name for the audit log.</param>
    /// <param name="Serial">The member concerned, if any.</param>
    public sealed record Change(PatchWave After, string Action, HsmSerial? Serial = null) : WaveAct;

    /// <summary>Give the member an operation id and store that, then <see cref="Begin"/>.</summary>
    public sealed record Start(WaveMember Member) : WaveAct;

    /// <summary>The member has an operation id, but no such operation is stored: store it.</summary>
    public sealed record Begin(WaveMember Member) : WaveAct;
}
