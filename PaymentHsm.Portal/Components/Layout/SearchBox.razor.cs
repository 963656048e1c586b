using Microsoft.AspNetCore.Components;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Fleet;

namespace PaymentHsm.Portal.Components.Layout;

/// <summary>The search of the bar. Enter opens the first hit, or the fleet filtered by the text.</summary>
public sealed partial class SearchBox : IDisposable
{
    private CancellationTokenSource _typing = new();
    private string _text = "";
    private IReadOnlyList<SearchHit>? _hits;

    [Inject]
    public required IFleetQueries Fleet { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _typing.Cancel();
        _typing.Dispose();
    }

    private async Task Typed(ChangeEventArgs typed)
    {
        _text = typed.Value as string ?? "";
        await _typing.CancelAsync();
        _typing.Dispose();
        _typing = new CancellationTokenSource();
        var token = _typing.Token;
        if (string.IsNullOrWhiteSpace(_text))
        {
            _hits = null;
            return;
        }

        try
        {
            var hits = await Fleet.SearchAsync(_text.Trim(), token);
            if (!token.IsCancellationRequested)
            {
                _hits = hits;
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // A newer letter asks anew.
        }
    }

    private void OpenFirst()
    {
        var goal = _hits is [var first, ..] ? first.Link : Query.Address("/fleet", ("q", _text.Trim()));
        Clear();
        Navigation.NavigateTo(goal);
    }

    private void Clear() => (_text, _hits) = ("", null);
}
