namespace PaymentHsm.Portal.Components.Parts;

/// <summary>Addresses with a query string: empty values are left out, so that the address of a plain view stays plain.</summary>
public static class Query
{
    public static string Address(string path, params IEnumerable<(string Name, string? Value)> query)
    {
        var parts = query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}").ToList();
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    /// <summary>The member of that name; null when the text names none, so that a mistyped address shows everything instead of an error.</summary>
    public static T? Member<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
