using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Components;

namespace PaymentHsm.Portal.Firmware;

/// <summary>One patch wave, live: its members, the second engineer's signature, and stopping it.</summary>
public partial class WavePage
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private PatchWave? _wave;
    private Refusal? _refusal;
    private Task _loop = Task.CompletedTask;
    private string? _reason;
    private bool _busy;

    [Inject]
    public required IFirmwareDesk Desk { get; init; }

    [Inject]
    public required ILogger<WavePage> Logger { get; init; }

    [Parameter]
    public Guid Id { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_wave?.Id == Id)
        {
            return;
        }

        try
        {
            _wave = await Desk.WaveAsync(Id, Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            return;
        }

        if (_wave is null)
        {
            Navigation.NotFound();
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Ready)
        {
            _loop = FollowAsync();
        }
    }

    /// <inheritdoc/>
    protected override Task StopAsync() => _loop;

    private async Task FollowAsync()
    {
        while (!Closed.IsCancellationRequested)
        {
            await Task.Delay(Again, Clock, Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            try
            {
                if (_wave is { IsEnded: false } && await Desk.WaveAsync(Id, Closed) is { } wave)
                {
                    await InvokeAsync(() => Take(wave));
                }
            }
            catch (OperationCanceledException) when (Closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Logger.FirmwareFeedBroken(broken);
            }
        }
    }

    private void Take(PatchWave wave)
    {
        // A slow read must not bring back what a command's answer has already replaced.
        if (wave.Id == Id && wave.Version > (_wave?.Version ?? 0))
        {
            _wave = wave;
            StateHasChanged();
        }
    }

    private Task SignAsync() => ActAsync(viewer => Desk.ApproveAsync(viewer, Id, _wave!.Digest, Closed));

    private Task StopWaveAsync() => ActAsync(viewer => Desk.AbortAsync(viewer, Id, _reason, Closed));

    private async Task ActAsync(Func<Actor, Task<Outcome<PatchWave>>> act)
    {
        if (_busy || Viewer is not { } viewer)
        {
            return;
        }

        _busy = true;
        try
        {
            switch (await act(viewer))
            {
                case Outcome<PatchWave>.Done(var wave):
                    _refusal = null;
                    Take(wave);
                    break;
                case Outcome<PatchWave>.Refused(var why):
                    _refusal = why;
                    break;
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
