using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PaymentHsm.Ui.Tests.Browser;

/// <summary>What axe finds on a page.</summary>
internal static class Axe
{
    /// <summary>One line per violation; none when the page is sound.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page) =>
        [.. (await page.RunAxe()).Violations.Select(v => $"{new Uri(page.Url).PathAndQuery}: {v.Id} ({v.Impact}): {string.Join(" | ", v.Nodes.Select(n => n.Html))}")];
}
