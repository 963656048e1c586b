using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Devices in quarantine or on hold, why, and each way out, open or closed with its rule (D20 to D25, R52).</summary>
public partial class QuarantinePage
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private IReadOnlyList<QuarantinedDevice>? _devices;
    private HsmSerial? _asking;
    private Refusal? _refusal;
    private string? _note;
    private string? _done;
    private bool _busy;
    private ITimer? _timer;

    [Inject]
    public required IQuarantineDesk Desk { get; init; }

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

    private static string Verb(QuarantineExitKind kind) => kind switch
    {
        QuarantineExitKind.Repair => "Repair signed off…",
        QuarantineExitKind.ReclaimAgain => "Reclaim again…",
        QuarantineExitKind.Destruction => "Order destruction…",
        _ => "Lift hold…",
    };

    /// <summary>Where an act begins that takes more than one person: on a ticket, or with opening one; the review of an incident is on the device's page.</summary>
    private static string Address(QuarantineExitKind kind, QuarantinedDevice device)
    {
        var serial = device.Record.Serial;
        var act = kind switch
        {
            QuarantineExitKind.ReclaimAgain => "reclaim-again",
            QuarantineExitKind.Destruction => "destruction",
            _ => null,
        };
        return kind == QuarantineExitKind.LiftHold ? $"/fleet/{serial}"
            : act is not null && device.Ticket is { } ticket ? $"/tickets/{ticket}/{act}"
            : Query.Address("/tickets/new", ("serial", serial.ToString()), ("then", act));
    }

    private void Ask(HsmSerial serial) => (_asking, _note, _refusal, _done) = (serial, null, null, null);

    private void Close() => _asking = null;

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        try
        {
            if (Viewer is { } viewer)
            {
                _devices = await Desk.ReadAsync(viewer, Closed);
            }
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private async Task SignOffAsync(HsmSerial serial)
    {
        if (_busy || Viewer is not { } viewer)
        {
            return;
        }

        (_busy, _refusal) = (true, null);
        try
        {
            switch (await Desk.SignOffRepairAsync(viewer, serial, _note, Closed))
            {
                case Outcome<StoredDevice>.Done:
                    _done = $"{serial} is being commissioned; it comes into the pool when its baseline passes.";
                    Close();
                    break;
                case Outcome<StoredDevice>.Refused(var why):
                    _refusal = why;
                    break;
            }

            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
