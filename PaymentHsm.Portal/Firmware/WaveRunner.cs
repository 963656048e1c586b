using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Grains;

namespace PaymentHsm.Portal.Firmware;

/// <summary>
/// Drives the open wave: asks the domain what is next, stores it, begins members' operations. It may be stopped anywhere; started again it goes on from what
/// is stored. The members' own work is done by their devices' grains.
/// </summary>
internal sealed class WaveRunner(IFirmwareStore store, FirmwarePool pool, IOperationStore operations, IGrainFactory grains, TimeProvider clock, ILogger<WaveRunner> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private TaskCompletionSource _wake = NewWake();

    /// <summary>Something was decided: look now.</summary>
    public void Wake() => Volatile.Read(ref _wake).TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before the look, so that a decision during the look is not missed.
            var wake = NewWake();
            Volatile.Write(ref _wake, wake);
            DateTimeOffset until;
            try
            {
                until = await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A full disk or a bug must not end all waves: what is stored decides how it goes on.
                log.WaveFailed(PauseAfterFailure, e);
                until = clock.GetUtcNow() + PauseAfterFailure;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await SleepAsync(until, wake.Task, stoppingToken);
        }
    }

    /// <summary>Does everything that can be done now; returns when to look again.</summary>
    private async Task<DateTimeOffset> LookAsync(CancellationToken stop)
    {
        while ((await store.WavesAsync(stop)).FirstOrDefault(w => !w.IsEnded) is { } wave)
        {
            switch (await NextAsync(wave, stop))
            {
                case WaveAct.Wait(var until):
                    return until;
                case WaveAct.Change(var after, var action, var serial):
                    var detail = after.Members.FirstOrDefault(m => m.Serial == serial)?.Detail ?? after.Ending ?? after.State.ToString();
                    await store.SaveAsync(after, new AuditNote(Actor.Portal, action, $"{wave.ShortName}: {detail}", serial, Correlation: wave.Id), stop);
                    break;
                case WaveAct.Start(var member):
                    await store.SaveAsync(wave.With(member with { State = MemberState.Patching, Operation = Guid.CreateVersion7(clock.GetUtcNow()) }), null, stop);
                    break;
                case WaveAct.Begin(var member):
                    await BeginAsync(wave, member, stop);
                    break;
            }
        }

        return clock.GetUtcNow() + Idle;
    }

    private async Task<WaveAct> NextAsync(PatchWave wave, CancellationToken stop)
    {
        var waiting = wave.Members.Where(m => m.State == MemberState.Waiting).Select(m => m.Serial).ToHashSet();
        var devices = await pool.ReadAsync(waiting, stop);
        Dictionary<Guid, Operation> known = [];
        foreach (var id in wave.Members.Where(m => m.State == MemberState.Patching).Select(m => m.Operation!.Value))
        {
            if (await operations.FindAsync(id, stop) is { } operation)
            {
                known[id] = operation;
            }
        }

        return PatchWaves.Next(wave, known, devices.ToDictionary(d => d.Device.Record.Serial, d => d.Device), clock.GetUtcNow());
    }

    private async Task BeginAsync(PatchWave wave, WaveMember member, CancellationToken stop)
    {
        var operation = FirmwareUpdate.New(member.Operation!.Value, wave, member, clock.GetUtcNow());
        var note = new AuditNote(Actor.Portal, "wave.member.begun", $"{wave.ShortName}: {member.From} to {wave.Target}", member.Serial, Correlation: operation.Id, After: new Dictionary<string, string> { ["wave"] = wave.Id.ToString() });
        if (await operations.AddAsync(operation, note, stop) is not null)
        {
            await grains.GetGrain<IHsmGrain>(member.Serial.ToString()).DriveAsync(operation.Id);
            return;
        }

        // Another operation was faster (R67): this member drops out, the wave goes on.
        var dropped = member with { State = MemberState.DroppedOut, Operation = null, Detail = "another operation holds it (R67)" };
        await store.SaveAsync(wave.With(dropped), new AuditNote(Actor.Portal, "wave.member.dropped", $"{wave.ShortName}: {dropped.Detail}", member.Serial, Correlation: wave.Id), stop);
    }

    private async Task SleepAsync(DateTimeOffset until, Task woken, CancellationToken stop)
    {
        var rest = until - clock.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            // A plan may wait for days; a look every half minute costs nothing and outlives a changed clock.
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(Task.Delay(rest < Idle ? rest : Idle, clock, enough.Token), woken);
            await enough.CancelAsync();
        }
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
