using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Identity;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>What every page shares: who looks, the clock, and a token that ends with the page.</summary>
public abstract class PortalPage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public Task<AuthenticationState>? SignedIn { get; set; }

    /// <summary>The signed-in person; null before the page knows, and for somebody without a role.</summary>
    protected Actor? Viewer { get; private set; }

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Closed => _closed.Token;

    /// <summary>Buttons work only once the circuit is there.</summary>
    protected bool Ready => RendererInfo.IsInteractive;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _closed.CancelAsync();
        await StopAsync();
        _closed.Dispose();
    }

    /// <summary>Waits for the page's own loops.</summary>
    protected virtual Task StopAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (SignedIn is not null)
        {
            Viewer = (await SignedIn).User.ToActor();
        }
    }
}
