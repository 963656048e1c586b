using PaymentHsm.Domain;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Firmware;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Holds one overview and one wave; answers what the test put in.</summary>
internal sealed class TestFirmwareDesk : IFirmwareDesk
{
    public FirmwareOverview Overview { get; set; } = new(new FirmwareCatalogue([]), [], [], []);

    public PatchWave? Wave { get; set; }

    public Refusal? Refusal { get; set; }

    public Refusal? Closed { get; set; }

    public List<string?> Signed { get; } = [];

    public List<string?> Aborted { get; } = [];

    public List<PlanWave> Planned { get; } = [];

    public Task<FirmwareOverview> OverviewAsync(CancellationToken cancellationToken) => Task.FromResult(Overview);

    public Task<Outcome<FirmwareImage>> StageAsync(Actor actor, StageImage wish, CancellationToken cancellationToken) => Task.FromResult<Outcome<FirmwareImage>>(Refusal!);

    public Task<Outcome<FirmwareImage>> ApproveImageAsync(Actor actor, string version, string? digest, bool makeBase, CancellationToken cancellationToken) => Task.FromResult<Outcome<FirmwareImage>>(Refusal!);

    public Task<WavePreview> PreviewAsync(Actor actor, PlanWave wish, CancellationToken cancellationToken) => Task.FromResult(new WavePreview(Wave?.Members ?? [], new WaveLimits(TimeSpan.FromHours(4), 1, 1, 20), Closed));

    public Task<Outcome<PatchWave>> PlanAsync(Actor actor, PlanWave wish, CancellationToken cancellationToken)
    {
        Planned.Add(wish);
        return Task.FromResult<Outcome<PatchWave>>(Refusal is null ? Wave! : Refusal);
    }

    public Task<Outcome<PatchWave>> ApproveAsync(Actor actor, Guid wave, string? digest, CancellationToken cancellationToken)
    {
        Signed.Add(digest);
        return Task.FromResult<Outcome<PatchWave>>(Refusal is null ? Wave = Wave! with { State = WaveState.Canary, ApprovedBy = actor.Id, Version = Wave.Version + 1 } : Refusal);
    }

    public Task<Outcome<PatchWave>> AbortAsync(Actor actor, Guid wave, string? reason, CancellationToken cancellationToken)
    {
        Aborted.Add(reason);
        return Task.FromResult<Outcome<PatchWave>>(Refusal is null ? Wave = Wave! with { State = WaveState.Stopping, Ending = reason, Version = Wave.Version + 1 } : Refusal);
    }

    public Refusal? ClosedToApprove(Actor actor, PatchWave wave) => Closed;

    public Refusal? ClosedToAbort(Actor actor, PatchWave wave) => null;

    public Task<PatchWave?> WaveAsync(Guid wave, CancellationToken cancellationToken) => Task.FromResult(Wave?.Id == wave ? Wave : null);

    public Task<IReadOnlyList<PatchWave>> WavesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PatchWave>>(Wave is null ? [] : [Wave]);
}
