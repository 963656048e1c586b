using System.Globalization;
using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Firmware;

namespace PaymentHsm.Portal.Firmware;

/// <summary>Plans a patch wave with its members before the eyes.</summary>
public partial class PlanWavePage
{
    private FirmwareOverview? _all;
    private WavePreview? _preview;
    private Refusal? _refusal;
    private string? _target;
    private string? _place;
    private string? _version;
    private string? _reason;
    private string? _soak;
    private string? _perStamp;
    private string? _abort;
    private bool _busy;

    [Inject]
    public required IFirmwareDesk Desk { get; init; }

    private IEnumerable<FirmwareImage> Approved => _all?.Catalogue.Images.Where(i => i.Misses(Clock.GetUtcNow()).Count == 0) ?? [];

    private string SoakWords => _preview is { Limits.Soak: var soak } ? soak.TotalHours.ToString("0.###", CultureInfo.InvariantCulture) : "";

    private IReadOnlyList<DeviceDrift> Devices => _all?.Devices ?? [];

    private IEnumerable<string> Places =>
        Devices.SelectMany(d => new[] { d.Location.Region, $"{d.Location.Region}/{d.Location.Stamp}" }).Distinct().Order(StringComparer.Ordinal);

    private IEnumerable<string> Versions => Devices.Where(d => d.IsOurs && d.Firmware is not null && d.Firmware != _target).Select(d => d.Firmware!).Distinct().Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        try
        {
            _all = await Desk.OverviewAsync(Closed);
            _target = _all.Catalogue.BaseImage()?.Version ?? Approved.FirstOrDefault()?.Version;
            await PreviewAsync();
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private async Task PreviewAsync()
    {
        if (Viewer is { } viewer)
        {
            _preview = await Desk.PreviewAsync(viewer, Wish(), Closed);
        }
    }

    private async Task PlanAsync()
    {
        if (_busy || Viewer is not { } viewer)
        {
            return;
        }

        _busy = true;
        try
        {
            switch (await Desk.PlanAsync(viewer, Wish(), Closed))
            {
                case Outcome<PatchWave>.Done(var wave):
                    Navigation.NavigateTo($"/firmware/waves/{wave.Id}");
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

    private PlanWave Wish()
    {
        var place = (_place ?? "").Split('/');
        return new PlanWave(
            _target, place[0], place.Length > 1 ? place[1] : null, string.IsNullOrEmpty(_version) ? null : [_version], _reason, Hours(_soak), Number(_perStamp), Number(_abort));
    }

    // What is no number is refused by the rule instead of being replaced in silence; nothing typed means the configured value.
    private static TimeSpan? Hours(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours <= 10_000 ? TimeSpan.FromHours(hours)
        : TimeSpan.MinValue;

    private static int? Number(string? text) => string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
