using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Receiving;

/// <summary>Devices come in: by form, by file, and what each waits for until it is in the pool (R11, D1 to D4).</summary>
public partial class IntakePage
{
    private const int MostFaults = 50;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);


    private IntakePicture? _picture;
    private IntakeImport? _import;
    private ReadOnlyMemory<byte> _file;
    private Refusal? _refusal;
    private string? _done;
    private bool _busy;
    private ITimer? _timer;
    private string? _serial;
    private string? _manifest;
    private string? _seal;
    private string? _photo;
    private string? _second;
    private string? _rackSerial;
    private string? _region;
    private string? _stamp;
    private string? _rack;
    private string? _slot;
    private string? _feedA;
    private string? _feedB;
    private string? _oob;
    private string? _host1;
    private string? _host2;
    private string? _mgmt;

    [Inject]
    public required IIntakeDesk Desk { get; init; }

    private Refusal? MayNot => Viewer is { } viewer ? IntakeRules.MayRecord(viewer, "R11") : null;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        await LoadAsync();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Ready)
        {
            _timer = Clock.CreateTimer(_ => _ = InvokeAsync(ReloadAsync), null, Again, Again);
        }
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
    }

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        try
        {
            _picture = await Desk.ReadAsync(Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private Task ReceiveAsync() => ActAsync(async viewer =>
    {
        var outcome = await Desk.ReceiveAsync(viewer, new ArrivalForm(_serial, _manifest, _seal, _photo, _second), Closed);
        if (outcome is Outcome<SiteRecord>.Done(var record))
        {
            _rackSerial = record.Serial.ToString();
            (_serial, _seal, _photo) = (null, null, null);
            return (null, $"{record.Serial} is received. Rack it next.");
        }

        return (((Outcome<SiteRecord>.Refused)outcome).Why, null);
    });

    private Task RackAsync() => ActAsync(async viewer =>
    {
        var outcome = await Desk.RackAsync(viewer, _rackSerial, new RackingForm(_region, _stamp, _rack, _slot, _feedA, _feedB, _oob, _host1, _host2, _mgmt), Closed);
        if (outcome is Outcome<SiteRecord>.Done(var record))
        {
            (_rackSerial, _slot, _feedA, _feedB, _oob, _host1, _host2, _mgmt) = (null, null, null, null, null, null, null, null);
            return (null, $"{record.Serial} is racked at {record.Racked!.Place}. The portal commissions it as soon as it can reach it.");
        }

        return (((Outcome<SiteRecord>.Refused)outcome).Why, null);
    });

    private Task CheckFileAsync(InputFileChangeEventArgs chosen) => ActAsync(async viewer =>
    {
        _import = null;
        if (chosen.File.Size > IntakeCsv.MostBytes)
        {
            return (new Refusal("D1", RefusalKind.BadInput, $"The file has {chosen.File.Size} bytes; {IntakeCsv.MostBytes} is the most.", "Split it."), null);
        }

        using var copy = new MemoryStream();
        await chosen.File.OpenReadStream(IntakeCsv.MostBytes, Closed).CopyToAsync(copy, Closed);
        _file = copy.ToArray();
        return await ImportAsync(viewer, dryRun: true);
    });

    private Task ImportAsync() => ActAsync(viewer => ImportAsync(viewer, dryRun: false));

    private async Task<(Refusal? Refusal, string? Done)> ImportAsync(Domain.People.Actor viewer, bool dryRun)
    {
        switch (await Desk.ImportAsync(viewer, _file, dryRun, Closed))
        {
            case Outcome<IntakeImport>.Refused(var why):
                return (why, null);
            case Outcome<IntakeImport>.Done({ Imported: true } import):
                (_import, _file) = (null, default);
                return (null, $"{import.Rows} devices are received, {import.Racked} of them racked.");
            case Outcome<IntakeImport>.Done(var import):
                _import = import;
                return (null, null);
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    private async Task ActAsync(Func<Domain.People.Actor, Task<(Refusal? Refusal, string? Done)>> act)
    {
        if (_busy || Viewer is not { } viewer)
        {
            return;
        }

        (_busy, _refusal, _done) = (true, null, null);
        try
        {
            (_refusal, _done) = await act(viewer);
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
