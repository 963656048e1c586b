using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Portal.Components;

namespace PaymentHsm.Portal.Firmware;

/// <summary>The catalogue, the fleet's drift from the base image, and the waves.</summary>
public partial class FirmwarePage
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    private FirmwareOverview? _all;
    private Refusal? _refusal;
    private Task _loop = Task.CompletedTask;
    private string? _digest;
    private bool _makeBase;
    private bool _busy;

    [Inject]
    public required IFirmwareDesk Desk { get; init; }

    [Inject]
    public required ILogger<FirmwarePage> Logger { get; init; }

    /// <summary>Only devices with this version; those off base when null.</summary>
    [SupplyParameterFromQuery]
    public string? Version { get; set; }

    private FirmwareImage? Base => _all?.Catalogue.BaseImage();

    private int FreeOffBase => _all?.Devices.Count(d => d.IsOurs && d.Lifecycle == "Available" && d.Drift != FirmwareDrift.OnBase) ?? 0;

    private IReadOnlyList<DeviceDrift> Listed =>
        [.. _all!.Devices.Where(d => string.IsNullOrEmpty(Version) ? d.Drift != FirmwareDrift.OnBase : (d.Firmware ?? "not read") == Version).OrderByDescending(d => d.IsOurs).ThenBy(d => d.Serial.ToString(), StringComparer.Ordinal)];

    private IEnumerable<(string Version, FirmwareDrift Drift, int Ours, int All)> ByVersion =>
        _all!.Devices.GroupBy(d => d.Firmware ?? "not read")
            .Select(g => (g.Key, g.First().Drift, g.Count(d => d.IsOurs), g.Count()))
            .OrderByDescending(g => FirmwareVersion.TryParse(g.Key, out var version) ? version : default);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => _all is null ? ReadAsync() : Task.CompletedTask;

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

    private async Task ReadAsync()
    {
        try
        {
            _all = await Desk.OverviewAsync(Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private async Task FollowAsync()
    {
        while (!Closed.IsCancellationRequested)
        {
            await Task.Delay(Again, Clock, Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            try
            {
                await InvokeAsync(ReadAsync);
                await InvokeAsync(StateHasChanged);
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Logger.FirmwareFeedBroken(broken);
            }
        }
    }

    private async Task ApproveAsync(string version)
    {
        if (_busy || Viewer is not { } viewer)
        {
            return;
        }

        _busy = true;
        try
        {
            switch (await Desk.ApproveImageAsync(viewer, version, _digest, _makeBase, Closed))
            {
                case Outcome<FirmwareImage>.Done:
                    (_refusal, _digest, _makeBase) = (null, null, false);
                    await ReadAsync();
                    break;
                case Outcome<FirmwareImage>.Refused(var why):
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
