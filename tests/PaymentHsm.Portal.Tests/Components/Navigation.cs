using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace PaymentHsm.Portal.Tests.Components;

internal static class Navigation
{
    /// <summary>bUnit's navigation, which remembers where a page went.</summary>
    public static BunitNavigationManager GetNavigation(this IServiceProvider services) => (BunitNavigationManager)services.GetRequiredService<NavigationManager>();
}
