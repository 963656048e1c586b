using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Identity;

namespace PaymentHsm.Portal.Components.Layout;

/// <summary>Bar, navigation and the place of the page.</summary>
public partial class MainLayout
{
    private ErrorBoundary? _boundary;
    private Actor? _viewer;

    [CascadingParameter]
    public ThemeChoice Theme { get; set; }

    [CascadingParameter]
    public Task<AuthenticationState>? SignedIn { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IHostEnvironment Environment { get; init; }

    private string Here => $"/{Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0]}";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (SignedIn is not null)
        {
            _viewer = (await SignedIn).User.ToActor();
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _boundary?.Recover();
}
