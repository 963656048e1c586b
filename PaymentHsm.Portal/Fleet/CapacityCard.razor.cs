using Microsoft.AspNetCore.Components;

namespace PaymentHsm.Portal.Fleet;

/// <summary>Free devices by stamp against the reserve (R44).</summary>
public partial class CapacityCard
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    private IReadOnlyList<StampCapacity> _stamps = [];
    private ITimer? _timer;

    [Inject]
    public required IFleetQueries Fleet { get; init; }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LoadAsync();

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

    private static string Words(StampCapacity stamp) => string.Join(", ", new[]
    {
        $"{stamp.Allocated} allocated", $"{stamp.Reserved} reserved", $"{stamp.Free} free", $"{stamp.Quarantined} quarantined", stamp.OutOfService > 0 ? $"{stamp.OutOfService} out of service" : null,
    }.OfType<string>());

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        try
        {
            _stamps = await Fleet.CapacityAsync(Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }
}
