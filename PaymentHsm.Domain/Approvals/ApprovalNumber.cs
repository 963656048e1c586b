using System.Globalization;

namespace PaymentHsm.Domain.Approvals;

/// <summary>Approval numbers as people write them: <c>APR-0117</c>.</summary>
public static class ApprovalNumber
{
    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"APR-{id:0000}");

    /// <summary>The id behind a number, in either case; null when it is none.</summary>
    public static long? Parse(string? text) =>
        text?.StartsWith("APR-", StringComparison.OrdinalIgnoreCase) == true && long.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
