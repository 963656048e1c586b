using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Components;

namespace PaymentHsm.Portal.Operations;

/// <summary>One operation, live: its steps and evidence, its outcome, and the second person's confirmation.</summary>
public partial class OperationDetailPage
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(3);

    private Operation? _operation;
    private ApprovalRequest? _approval;
    private Refusal? _refusal;
    private Task _loop = Task.CompletedTask;
    private Guid _following;
    private bool _busy;

    [Inject]
    public required IOperationDesk Desk { get; init; }

    [Inject]
    public required IApprovalDesk Approvals { get; init; }

    [Inject]
    public required IForceDeleteDesk Deletes { get; init; }

    [Inject]
    public required ILogger<OperationDetailPage> Logger { get; init; }

    [Parameter]
    public Guid Id { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_operation?.Id == Id)
        {
            return;
        }

        try
        {
            _operation = await Desk.FindAsync(Id, Closed);
            await LoadApprovalAsync();
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            return;
        }

        if (_operation is null)
        {
            Navigation.NotFound();
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (Ready && _operation is not null && _following != _operation.Id)
        {
            _following = _operation.Id;
            _loop = FollowAsync(_operation.Id);
        }
    }

    /// <inheritdoc/>
    protected override Task StopAsync() => _loop;

    private async Task FollowAsync(Guid id)
    {
        while (!Closed.IsCancellationRequested && _following == id)
        {
            try
            {
                await foreach (var operation in Desk.FollowAsync(id, Closed))
                {
                    await InvokeAsync(() => TakeAsync(operation));
                }

                return;
            }
            catch (OperationCanceledException) when (Closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Logger.OperationFeedBroken(broken);
            }

            await Task.Delay(Retry, Clock, Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Every change of the approval changes the operation too, so that one subscription is enough.</summary>
    private async Task LoadApprovalAsync() =>
        _approval = _operation is { Approval: { } id, State: OperationState.AwaitingConfirmation } ? await Approvals.FindAsync(id, Closed) : null;

    private async Task TakeAsync(Operation operation)
    {
        Take(operation);
        await LoadApprovalAsync();
        StateHasChanged();
    }

    private void Take(Operation operation)
    {
        // A slow follower must not bring back what a command's answer has already replaced.
        if (operation.Id == Id && operation.Version >= (_operation?.Version ?? 0))
        {
            _operation = operation;
            StateHasChanged();
        }
    }

    private Task ConfirmAsync() => ActAsync(viewer => Desk.ConfirmAsync(viewer, Id, Closed));

    private Task WithdrawAsync() => ActAsync(viewer => Desk.WithdrawAsync(viewer, Id, Closed));

    private async Task ActAsync(Func<Actor, Task<Outcome<Operation>>> act)
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
                case Outcome<Operation>.Done done:
                    _refusal = null;
                    Take(done.Value);
                    break;
                case Outcome<Operation>.Refused refused:
                    _refusal = refused.Why;
                    break;
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
