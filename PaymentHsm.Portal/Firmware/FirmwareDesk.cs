using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Firmware;

/// <inheritdoc cref="IFirmwareDesk"/>
internal sealed class FirmwareDesk(IFirmwareStore store, FirmwarePool pool, WaveRunner runner, Ledger ledger, PortalSettings settings, TimeProvider clock) : IFirmwareDesk
{
    public async Task<FirmwareOverview> OverviewAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var catalogue = await store.ReadAsync(cancellationToken);
        var devices = (await pool.ReadAsync(null, cancellationToken)).Select(d => new DeviceDrift(
            d.Device.Record.Serial, d.Device.Location, d.Device.Firmware, catalogue.Drift(d.Device.Firmware, now), d.Device.Record.State.ToString(), d.Device.Record.Custody, d.Customer,
            d.Device.Record.Custody == CustodyState.Operator));
        return new FirmwareOverview(catalogue, catalogue.Expiring(now, settings.Firmware.WarnBeforeExpiry), [.. devices], await store.WavesAsync(cancellationToken));
    }

    public async Task<Outcome<FirmwareImage>> StageAsync(Actor actor, StageImage wish, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        switch (ImageRules.Stage(actor, wish.Version, wish.Image, wish.Digest, wish.VendorSignature, Listed(wish.FipsId, wish.FipsFrom, wish.FipsUntil), Listed(wish.PtsId, wish.PtsFrom, wish.PtsUntil), now))
        {
            case Outcome<FirmwareImage>.Done(var image):
                var note = new AuditNote(actor, "firmware.image.staged", $"{image.Version}, SHA-256 {image.Digest}, FIPS {image.Fips.Id}, PTS {image.Pts.Id}");
                return await store.AddAsync(image, note, cancellationToken)
                    ? image
                    : await RefusedAsync(actor, "firmware.image.stage", new Refusal("R37", RefusalKind.NotInThisState, $"The catalogue has {image.Version} already.", "A changed image needs a version of its own."), cancellationToken);
            case Outcome<FirmwareImage>.Refused(var why):
                return await RefusedAsync(actor, "firmware.image.stage", why, cancellationToken);
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    public async Task<Outcome<FirmwareImage>> ApproveImageAsync(Actor actor, string version, string? digest, bool makeBase, CancellationToken cancellationToken)
    {
        var image = (await store.ReadAsync(cancellationToken)).Find(version);
        if (ImageRules.MayApprove(actor, image, version, digest, clock.GetUtcNow()) is { } no)
        {
            return await RefusedAsync(actor, "firmware.image.approve", no, cancellationToken);
        }

        var approved = image! with { ApprovedBy = actor.Id, ApprovedAt = clock.GetUtcNow(), IsBase = makeBase };
        var note = new AuditNote(actor, "firmware.image.approved", $"{version}, SHA-256 {image.Digest}{(makeBase ? "; base image from now on" : "")}; staged by {image.StagedBy}");
        return await store.SaveAsync(image, approved, note, cancellationToken)
            ? approved
            : await RefusedAsync(actor, "firmware.image.approve", new Refusal("R37", RefusalKind.NotInThisState, $"{version} was changed by somebody else at this moment.", "Read it again."), cancellationToken);
    }

    public async Task<WavePreview> PreviewAsync(Actor actor, PlanWave wish, CancellationToken cancellationToken)
    {
        var devices = (await pool.ReadAsync(null, cancellationToken)).Select(d => d.Device).ToList();
        var image = (await store.ReadAsync(cancellationToken)).Find(wish.Target);
        var (scope, limits) = (Scope(wish), Limits(wish));
        var members = PatchWaves.Candidates(devices, scope, wish.Target ?? "");
        return new WavePreview(members, limits, PatchWaves.MayPlan(actor, image, wish.Target, limits, wish.Reason, members, devices, clock.GetUtcNow()));
    }

    public async Task<Outcome<PatchWave>> PlanAsync(Actor actor, PlanWave wish, CancellationToken cancellationToken)
    {
        wish = wish with { Reason = (await ledger.CleanAsync(actor, "the reason of a wave", null, null, [wish.Reason], cancellationToken)).Text };
        var preview = await PreviewAsync(actor, wish, cancellationToken);
        if (preview.Closed is { } no)
        {
            return await RefusedAsync(actor, "wave.plan", no, cancellationToken);
        }

        var image = (await store.ReadAsync(cancellationToken)).Find(wish.Target)!;
        var now = clock.GetUtcNow();
        var scope = Scope(wish);
        var wave = new PatchWave(
            Guid.CreateVersion7(now), image.Version, image.Image, image.Digest, scope, preview.Limits, preview.Members,
            PatchWave.DigestOf(image.Version, image.Digest, scope, preview.Limits, preview.Members), wish.Reason!.Trim(), actor.Id, now, now + settings.Firmware.ApproveWithin);
        var note = new AuditNote(actor, "wave.planned", $"{wave.ShortName}: {wave.Members.Count} devices to {wave.Target}; digest {wave.Digest}. {wave.Reason}", Correlation: wave.Id);
        if (await store.AddAsync(wave, note, cancellationToken) is not { } stored)
        {
            return await RefusedAsync(actor, "wave.plan", new Refusal("R44", RefusalKind.NotInThisState, "Another wave has not ended yet; one at a time keeps the reserve honest.", "Wait for it, or stop it."), cancellationToken);
        }

        runner.Wake();
        return stored;
    }

    public Task<Outcome<PatchWave>> ApproveAsync(Actor actor, Guid wave, string? digest, CancellationToken cancellationToken) => DecideAsync(
        actor, wave, "wave.approve", "wave.approved",
        async (w, now) => PatchWaves.MayApprove(actor, w, digest, (await store.ReadAsync(cancellationToken)).Find(w.Target), now),
        (w, now) => PatchWaves.Approved(w, actor, now, settings.Firmware.RunWithin),
        w => $"{w.ShortName} signed, digest {w.Digest}; planned by {w.PlannedBy}",
        cancellationToken);

    public async Task<Outcome<PatchWave>> AbortAsync(Actor actor, Guid wave, string? reason, CancellationToken cancellationToken)
    {
        var words = (await ledger.CleanAsync(actor, "the reason of stopping a wave", null, null, [reason?.Trim()], cancellationToken)).Text is { Length: > 0 } text ? text : null;
        return await DecideAsync(
            actor, wave, "wave.abort", "wave.stopped",
            (w, _) => Task.FromResult(PatchWaves.MayAbort(actor, w) ?? (words is null or { Length: > 500 } ? new Refusal("R44", RefusalKind.BadInput, "Stopping a wave needs a reason of at most 500 characters.", "Say why.") : null)),
            (w, now) => PatchWaves.Stopped(w, $"Stopped by {actor.Id}: {words}", now),
            w => $"{w.ShortName}: {words}",
            cancellationToken);
    }

    public Refusal? ClosedToApprove(Actor actor, PatchWave wave) => PatchWaves.ClosedToApprove(actor, wave, clock.GetUtcNow());

    public Refusal? ClosedToAbort(Actor actor, PatchWave wave) => PatchWaves.MayAbort(actor, wave);

    public Task<PatchWave?> WaveAsync(Guid wave, CancellationToken cancellationToken) => store.WaveAsync(wave, cancellationToken);

    public Task<IReadOnlyList<PatchWave>> WavesAsync(CancellationToken cancellationToken) => store.WavesAsync(cancellationToken);

    /// <summary>Asks the rule, stores the decision against the version that the rule saw, and asks again when the runner was faster.</summary>
    private async Task<Outcome<PatchWave>> DecideAsync(
        Actor actor, Guid id, string action, string done, Func<PatchWave, DateTimeOffset, Task<Refusal?>> rule, Func<PatchWave, DateTimeOffset, PatchWave> change, Func<PatchWave, string> words, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.WaveAsync(id, cancellationToken) is not { } wave)
            {
                return new Refusal("R44", RefusalKind.NotFound, $"There is no wave {id}.");
            }

            var now = clock.GetUtcNow();
            if (await rule(wave, now) is { } no)
            {
                return await RefusedAsync(actor, action, no, cancellationToken, wave);
            }

            if (await store.SaveAsync(change(wave, now), new AuditNote(actor, done, words(wave), Correlation: wave.Id), cancellationToken) is { } stored)
            {
                runner.Wake();
                return stored;
            }
        }
    }

    private async Task<Refusal> RefusedAsync(Actor actor, string action, Refusal why, CancellationToken cancellationToken, PatchWave? wave = null)
    {
        await ledger.NoteAsync(new AuditNote(actor, action, why.ToString(), Correlation: wave?.Id, RuleId: why.RuleId), cancellationToken);
        return why;
    }

    private static WaveScope Scope(PlanWave wish) => new(Filled(wish.Region), Filled(wish.Stamp), [.. (wish.Versions ?? []).Where(v => !string.IsNullOrWhiteSpace(v))]);

    private WaveLimits Limits(PlanWave wish) => new(
        wish.Soak ?? settings.Firmware.Soak, wish.PerStamp ?? settings.Firmware.PerStamp, settings.Fleet.ReservePerStamp, wish.AbortAtPercent ?? settings.Firmware.AbortAtPercent);

    private static Listing? Listed(string? id, DateTimeOffset? from, DateTimeOffset? until) =>
        Filled(id) is { } text && from is { } first && until is { } last ? new Listing(text, first.ToUniversalTime(), last.ToUniversalTime()) : null;

    private static string? Filled(string? text) => text?.Trim() is { Length: > 0 } filled ? filled : null;
}
