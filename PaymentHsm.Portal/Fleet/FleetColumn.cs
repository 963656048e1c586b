namespace PaymentHsm.Portal.Fleet;

/// <summary>A column of the inventory.</summary>
/// <param name="Key">Name in the address and in <see cref="FleetFilter.SortBy"/>.</param>
/// <param name="Title">Head.</param>
/// <param name="Sortable">Whether the server sorts by it.</param>
public sealed record FleetColumn(string Key, string Title, bool Sortable)
{
    /// <summary>All columns in order; serial, status, whose and observed cannot be switched off.</summary>
    public static IReadOnlyList<FleetColumn> All { get; } =
    [
        new("serial", "Serial", true),
        new("health", "Status", true),
        new("reading", "Reading", false),
        new("custody", "Whose", true),
        new("lifecycle", "Lifecycle", true),
        new("location", "Place", true),
        new("firmware", "Firmware", true),
        new("observed", "Observed", true),
    ];

    /// <summary>The column of that name that can be sorted by; the serial when there is none.</summary>
    public static string SortKey(string? name) => All.FirstOrDefault(c => c.Sortable && c.Key == name)?.Key ?? "serial";
}
