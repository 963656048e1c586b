using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Fleet;

/// <summary>One device on the wall. Renders again only when its tile was replaced, its staleness turned or the density changed.</summary>
public partial class TileCard
{
    private (HsmTile? Tile, bool Stale, bool Compact) _drawn;

    [Parameter, EditorRequired]
    public required HsmTile Tile { get; set; }

    /// <summary>Whether the tile is stale by the server's clock; the reader's own clock goes on with it in the browser.</summary>
    [Parameter, EditorRequired]
    public bool Stale { get; set; }

    /// <summary>One line instead of three.</summary>
    [Parameter]
    public bool Compact { get; set; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private TileStatus Status => Tile.FreshStatus();

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_drawn.Tile, Tile) || _drawn.Stale != Stale || _drawn.Compact != Compact;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _drawn = (Tile, Stale, Compact);
}
