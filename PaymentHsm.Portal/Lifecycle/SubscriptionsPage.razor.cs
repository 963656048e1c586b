using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Taking in and approving subscriptions (W11).</summary>
public partial class SubscriptionsPage
{
    private IReadOnlyList<CustomerSubscription>? _all;
    private Refusal? _refusal;
    private string? _newId;
    private string? _customer;
    private string? _case;
    private bool _busy;

    [Inject]
    public required ISubscriptionDesk Desk { get; init; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _all = await Desk.AllAsync(Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private async Task RequestAsync()
    {
        if (Viewer is { } viewer && await ActAsync(() => Desk.RequestAsync(viewer, _newId, _customer, _case, Closed)))
        {
            (_newId, _customer, _case) = (null, null, null);
        }
    }

    private async Task ApproveAsync(Guid id)
    {
        if (Viewer is { } viewer)
        {
            await ActAsync(() => Desk.ApproveAsync(viewer, id, Closed));
        }
    }

    private async Task<bool> ActAsync(Func<Task<Outcome<CustomerSubscription>>> act)
    {
        if (_busy)
        {
            return false;
        }

        _busy = true;
        try
        {
            _refusal = await act() is Outcome<CustomerSubscription>.Refused(var why) ? why : null;
            await LoadAsync();
            return _refusal is null;
        }
        finally
        {
            _busy = false;
        }
    }
}
