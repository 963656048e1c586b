using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Asks for a destruction (W6 step 3): the diagnosis and the serial of the disk; the rest the portal knows.</summary>
public partial class DestructionRequestPage
{
    private Ticket? _ticket;
    private Refusal? _refusal;
    private string? _findings;
    private string? _disk;
    private bool _retires;
    private bool _sending;

    [Inject]
    public required ITicketDesk Tickets { get; init; }

    [Inject]
    public required IOperationDesk Operations { get; init; }

    [Parameter]
    public required string Number { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _ticket = (await Tickets.FindAsync(Number, Closed))?.Ticket;
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            return;
        }

        if (_ticket is null)
        {
            Navigation.NotFound();
        }
    }

    private async Task SendAsync()
    {
        if (_sending || Viewer is not { } viewer)
        {
            return;
        }

        (_sending, _refusal) = (true, null);
        try
        {
            var wish = new OperationWish(_findings, Details: new Dictionary<string, string> { ["hddSerial"] = _disk ?? "", ["retires"] = _retires ? "yes" : "no" });
            switch (await Operations.RequestAsync(viewer, Number, OperationKind.Destruction, wish, Closed))
            {
                case Outcome<RequestedOperation>.Done(var requested):
                    Navigation.NavigateTo(requested.ApprovalId is { } approval ? $"/approvals/{approval}" : $"/operations/{requested.Operation.Id}");
                    break;
                case Outcome<RequestedOperation>.Refused(var why):
                    _refusal = why;
                    break;
            }
        }
        finally
        {
            _sending = false;
        }
    }
}
