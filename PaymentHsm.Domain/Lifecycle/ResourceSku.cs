using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>A SKU: number of local master keys and calls per second (R15).</summary>
/// <param name="LmkCount">1 or 2.</param>
/// <param name="CallsPerSecond">60, 250 or 2500.</param>
public sealed record ResourceSku(int LmkCount, int CallsPerSecond)
{
    /// <summary>The six that exist.</summary>
    public static IReadOnlyList<ResourceSku> All { get; } = [.. new[] { 1, 2 }.SelectMany(l => new[] { 60, 250, 2500 }.Select(c => new ResourceSku(l, c)))];

    /// <summary>The name that the API uses, for example <c>payShield10K_LMK1_CPS60</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"payShield10K_LMK{LmkCount}_CPS{CallsPerSecond}");

    /// <summary>Reads a name without regard to case.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out ResourceSku? sku)
    {
        sku = All.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));
        return sku is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
