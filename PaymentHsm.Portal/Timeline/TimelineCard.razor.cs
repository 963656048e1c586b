using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Timeline;

/// <summary>The timeline of a device, a ticket or another subject. Filter and instant are in the address; every line has an address of its own.</summary>
public partial class TimelineCard
{
    private const int Step = 60;
    private const int Most = 2000;

    private TimelineView? _view;
    private (TimelineSubject, string?, string?, string?, int?, object?) _read;

    [Inject]
    public required ITimelines Timelines { get; init; }

    [Parameter, EditorRequired]
    public required TimelineSubject Subject { get; set; }

    /// <summary>Path of the page that shows it.</summary>
    [Parameter, EditorRequired]
    public required string Path { get; set; }

    /// <summary>Changes when there may be something new to read.</summary>
    [Parameter]
    public object? Version { get; set; }

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery]
    public string? Line { get; set; }

    [SupplyParameterFromQuery]
    public string? At { get; set; }

    [SupplyParameterFromQuery]
    public int? Lines { get; set; }

    private static IEnumerable<(string, string)> Kinds => Enum.GetValues<TimelineKind>().Select(k => (k.ToString(), k.Spaced()));

    /// <summary>The instant that is looked at; null for now.</summary>
    private DateTimeOffset? Instant => DocumentRules.MomentOf(At);

    private bool Filtered => Kind is not null || Line is not null || At is not null;

    private string? AuditLink => Subject switch
    {
        { Serial: { } serial } => Query.Address("/audit", ("serial", serial)),
        { Ticket: { } ticket } => Query.Address("/audit", ("ticket", ticket)),
        _ => null,
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Subject, Kind, Line, At, Lines, Version);
        if (wanted == _read)
        {
            return;
        }

        _read = wanted;
        try
        {
            _view = await Timelines.ReadAsync(Subject, new TimelineFilter(Query.Member<TimelineKind>(Kind), Line, Instant, Math.Clamp(Lines ?? Step, Step, Most)), Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private string Address(string? kind, string? line, string? at, int lines) =>
        Query.Address(Path, ("kind", kind), ("line", line), ("at", at), ("lines", lines > Step ? $"{lines}" : null));

    private void Go(string? kind, string? line, string? at) => Navigation.NavigateTo(Address(kind, line, at, 0));
}
