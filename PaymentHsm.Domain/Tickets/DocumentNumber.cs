using System.Globalization;

namespace PaymentHsm.Domain.Tickets;

/// <summary>Document ids as people write them: <c>D-117</c>.</summary>
public static class DocumentNumber
{
    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"D-{id}");

    /// <summary>The number behind an id, written with or without <c>D-</c>; null when it is none.</summary>
    public static long? Parse(string? text)
    {
        var digits = text?.Trim() is ['D' or 'd', '-', .. var rest] ? rest : text?.Trim();
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
