using System.Globalization;

namespace PaymentHsm.Domain.WorkOrders;

/// <summary>Numbers of work orders as people write them: <c>WO-0001</c>.</summary>
public static class WorkOrderNumber
{
    public static string Of(long id) => string.Create(CultureInfo.InvariantCulture, $"WO-{id:0000}");

    /// <summary>The id behind a number, written with or without <c>WO-</c>; null when it is none.</summary>
    public static long? Parse(string? text)
    {
        var digits = text is ['W' or 'w', 'O' or 'o', '-', .. var rest] ? rest : text;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
