using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Tickets;

/// <summary>One act on a ticket that needs a choice or a reason. Which one is in the address of the page.</summary>
public partial class TicketActPanel
{
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["assign"] = "Assign",
        ["category"] = "Change the category",
        ["close"] = "Close the ticket",
        ["escalate"] = "Escalate",
    };

    private IReadOnlyList<Actor> _people = [];
    private Refusal? _refusal;
    private string? _choice;
    private string? _reason;
    private bool _sending;

    [Inject]
    public required ITicketDesk Desk { get; init; }

    [Inject]
    public required IPeople People { get; init; }

    [Inject]
    public required TicketSettings Settings { get; init; }

    /// <summary><c>assign</c>, <c>category</c>, <c>close</c> or <c>escalate</c>.</summary>
    [Parameter, EditorRequired]
    public required string Act { get; set; }

    [Parameter, EditorRequired]
    public required Ticket Ticket { get; set; }

    /// <summary>Called when it is done, before the panel closes.</summary>
    [Parameter]
    public EventCallback Done { get; set; }

    private string Title => Titles[Act];

    /// <summary>True when there is such an act.</summary>
    public static bool Knows(string? act) => act is not null && Titles.ContainsKey(act);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _choice = Act switch
        {
            "assign" => Ticket.Owner ?? "",
            "category" => Ticket.Category.ToString(),
            "close" => (Triage.OwnerOf(Ticket) switch { CaseOwner.Thales => TicketClosing.RoutedToThales, CaseOwner.Customer => TicketClosing.ForTheCustomer, _ => TicketClosing.Solved }).ToString(),
            _ => null,
        };
        if (Act == "assign")
        {
            _people = [.. await People.WithRoleAsync(Role.Support, Closed), .. await People.WithRoleAsync(Role.Engineering, Closed)];
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
            if (await DoAsync(viewer) is Outcome<Ticket>.Refused refused)
            {
                _refusal = refused.Why;
                return;
            }

            await Done.InvokeAsync();
            Navigation.NavigateTo($"/tickets/{Ticket.Number}");
        }
        finally
        {
            _sending = false;
        }
    }

    private Task<Outcome<Ticket>> DoAsync(Actor viewer) => Act switch
    {
        "assign" => Desk.AssignAsync(viewer, Ticket.Number, _choice, Ticket.Revision, Closed),
        "category" => Desk.ReclassifyAsync(viewer, Ticket.Number, Enum.Parse<TicketCategory>(_choice!), Ticket.Revision, Closed),
        "close" => Desk.CloseAsync(viewer, Ticket.Number, Enum.Parse<TicketClosing>(_choice!), _reason, Ticket.Revision, Closed),
        _ => Desk.EscalateAsync(viewer, Ticket.Number, _reason, Closed),
    };
}
