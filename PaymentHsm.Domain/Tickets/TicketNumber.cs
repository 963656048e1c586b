using System.Globalization;

namespace PaymentHsm.Domain.Tickets;

/// <summary>Ticket numbers as people write them: <c>T-10482</c>.</summary>
public static class TicketNumber
{
    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"T-{id}");

    /// <summary>The id behind a number, written with or without <c>T-</c>; null when it is none.</summary>
    public static long? Parse(string? text)
    {
        var digits = text is ['T' or 't', '-', .. var rest] ? rest : text;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
