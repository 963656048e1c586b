using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Components;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.WorkOrders;

/// <summary>One work order on a phone: one question per screen, chosen by who looks and what is next.</summary>
public partial class WorkOrderDetailPage
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(3);

    private WorkOrder? _order;
    private IReadOnlyList<Evidence> _signs = [];
    private Refusal? _refusal;
    private Asking? _asking;
    private ElementReference _scan;
    private string? _label;
    private string? _note;
    private Task _loop = Task.CompletedTask;
    private ITimer? _beat;
    private bool _busy;
    private bool _focused;

    [Inject]
    public required IWorkOrderDesk Desk { get; init; }

    [Inject]
    public required ILogger<WorkOrderDetailPage> Logger { get; init; }

    [Parameter]
    public required string Number { get; set; }

    private WorkScreen Screen => _order is null ? WorkScreen.Overview : ScreenOf(_order, Viewer);

    /// <summary>Steps that people see: taking the order is before the first.</summary>
    private int Count => _order!.Steps.Count - 1;

    private int At => _order!.Position;

    private string StepWords => _order!.State switch
    {
        WorkOrderState.OnHold => $"{WorkOrderActs.Words(_order.Step)}: stopped",
        WorkOrderState.Done or WorkOrderState.Cancelled => _order.State.Word(),
        _ => WorkOrderActs.Words(_order.Step),
    };

    private string WhatFor => _order!.Kind switch
    {
        WorkOrderKind.HardReboot => "Both power cords out and in again, of",
        WorkOrderKind.Destruction => "Remove and destroy",
        _ => "Replace a part of",
    };

    /// <summary>Who does the next step of a destruction, said to the one of the two who does not; null when that is not so.</summary>
    private string? TheOther => (_order!.Step, Viewer?.Id) switch
    {
        (WorkStep.ConfirmRemoval, { } me) when me == _order.Assignee => "Another person of the site scans label and seal,",
        (WorkStep.WitnessDisk or WorkStep.WitnessHsm, { } me) when me == _order.Assignee => $"{_order.SecondPerson} signs as witness,",
        (WorkStep.DestroyDisk or WorkStep.DestroyHsm, { } me) when me == _order.SecondPerson => $"{_order.Assignee} records the destruction,",
        _ => null,
    };

    private string DueWords => _order!.Step switch
    {
        WorkStep.Accept => "Take it by",
        WorkStep.Identify or WorkStep.ConfirmSlot => "Identify by",
        WorkStep.Verify => "The portal watches until",
        _ => "Due by",
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_order is not null && WorkOrderNumber.Parse(Number) == WorkOrderNumber.Parse(_order.Number))
        {
            return;
        }

        try
        {
            _order = await Desk.FindAsync(Number, Closed);
            await ReadSignsAsync();
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            return;
        }

        if (_order is null)
        {
            Navigation.NotFound();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Ready && _order is not null)
        {
            _loop = FollowAsync();
            _beat = Clock.CreateTimer(_ => _ = InvokeAsync(TickAsync), null, Beat, Beat);
        }

        // A USB scanner types into whatever has the focus.
        var scans = Ready && Screen is WorkScreen.Scan or WorkScreen.Second && _asking is null;
        if (scans && !_focused)
        {
            await _scan.FocusAsync();
        }

        _focused = scans;
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        if (_beat is not null)
        {
            await _beat.DisposeAsync();
        }

        await _loop;
    }

    /// <summary>The screen of a viewer: their own next act, else what they wait for.</summary>
    internal static WorkScreen ScreenOf(WorkOrder order, Actor? viewer)
    {
        if (order.End is not null)
        {
            return WorkScreen.Ended;
        }

        if (order.State == WorkOrderState.OnHold)
        {
            return WorkScreen.Stop;
        }

        var here = viewer is { Role: Role.Datacenter } && !order.Excluded.Contains(viewer.Id);
        var mine = here && order.Assignee == viewer!.Id;
        return order.Step switch
        {
            WorkStep.Accept when here => WorkScreen.Take,
            WorkStep.Identify when mine && order.Act(WorkOrderActs.Arrived) is null => WorkScreen.Go,
            WorkStep.Identify when mine => WorkScreen.Scan,
            WorkStep.ConfirmSlot when mine => WorkScreen.WaitForSecond,
            WorkStep.ConfirmSlot when here => WorkScreen.Second,
            WorkStep.PowerOff or WorkStep.PowerOn when mine => WorkScreen.Cords,
            WorkStep.Verify => WorkScreen.Watch,
            WorkStep.Swap when mine => WorkScreen.Swap,
            WorkStep.Remove or WorkStep.DestroyDisk or WorkStep.DestroyHsm when mine => WorkScreen.Destroy,
            WorkStep.ConfirmRemoval when here && !mine => WorkScreen.Destroy,
            WorkStep.WitnessDisk or WorkStep.WitnessHsm when here && order.SecondPerson == viewer!.Id => WorkScreen.Destroy,
            WorkStep.Certify when viewer is { Role: Role.Engineering } && order.Act(DestructionActs.Certified) is null => WorkScreen.Certify,
            _ => WorkScreen.Overview,
        };
    }

    private async Task FollowAsync()
    {
        while (!Closed.IsCancellationRequested)
        {
            try
            {
                await foreach (var order in Desk.FollowAsync(Number, Closed))
                {
                    await InvokeAsync(() => TakeAsync(order));
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

    private async Task TickAsync()
    {
        if (!Closed.IsCancellationRequested && _order is { End: null })
        {
            await ShowSignsAsync();
        }
    }

    private async Task ShowSignsAsync()
    {
        try
        {
            await ReadSignsAsync();
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            return;
        }

        StateHasChanged();
    }

    private async Task ReadSignsAsync()
    {
        if (_order is { Step: WorkStep.PowerOff or WorkStep.PowerOn or WorkStep.Verify or WorkStep.Ended })
        {
            _signs = await Desk.SignsAsync(_order, Closed);
        }
    }

    private async Task TakeAsync(WorkOrder order)
    {
        Take(order);
        if (order.End is not null)
        {
            // The last signs are those that the verdict was made of.
            await ShowSignsAsync();
        }
    }

    private void Take(WorkOrder order)
    {
        // A slow follower must not bring back what an act's answer has already replaced.
        if (order.Version >= (_order?.Version ?? 0))
        {
            if (order.Step != _order?.Step || order.State != _order?.State)
            {
                (_label, _refusal, _asking) = (null, null, null);
            }

            _order = order;
            StateHasChanged();
        }
    }

    private Task ScannedAsync() => ActAsync(Screen == WorkScreen.Second ? Desk.ConfirmSlotAsync(Viewer!, Number, _label ?? " ", null, Closed) : Desk.ScanAsync(Viewer!, Number, _label, Closed));

    private Task CordAsync((Supply Supply, bool On) cord) => ActAsync(Desk.PowerAsync(Viewer!, Number, cord.Supply, cord.On, null, Closed));

    private void Ask(string question, string verb, Func<Actor, string, string?, CancellationToken, Task<Outcome<WorkOrder>>> act, string begin) =>
        (_asking, _note) = (new Asking(question, verb, act), begin);

    private Task AskedAsync() => string.IsNullOrWhiteSpace(_note) ? Task.CompletedTask : ActAsync(_asking!.Act(Viewer!, Number, _note, Closed));

    private async Task ActAsync(Task<Outcome<WorkOrder>> act)
    {
        _busy = true;
        try
        {
            switch (await act)
            {
                case Outcome<WorkOrder>.Done done:
                    _refusal = null;
                    _asking = null;
                    Take(done.Value);
                    break;
                case Outcome<WorkOrder>.Refused refused:
                    _refusal = refused.Why;
                    _order = await Desk.FindAsync(Number, Closed) ?? _order;
                    break;
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private string Moment(string act) => _order!.Act(act) is { } done ? Ages.Moment(done.At, Clock.GetUtcNow()) : "";

    /// <summary>A question that needs words.</summary>
    private sealed record Asking(string Question, string Verb, Func<Actor, string, string?, CancellationToken, Task<Outcome<WorkOrder>>> Act);
}
