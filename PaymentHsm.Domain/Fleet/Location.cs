namespace PaymentHsm.Domain.Fleet;

/// <summary>Where a device is bolted in (R17).</summary>
/// <param name="Region">Region name, for example <c>eastus</c>.</param>
/// <param name="Stamp"><c>stamp1</c> or <c>stamp2</c>: the two failure domains of a region.</param>
/// <param name="Rack">Rack name, for example <c>R12</c>.</param>
/// <param name="Slot">Lowest rack unit the device fills, counted from 1 at the floor.</param>
public sealed record Location(string Region, string Stamp, string Rack, int Slot)
{
    /// <summary>Of a device that was received and is not in a rack yet.</summary>
    public static Location NotRacked { get; } = new("", "", "", 0);

    /// <summary>The words staff use: region/stamp/rack/unit.</summary>
    public override string ToString() => Slot == 0 ? "not racked" : $"{Region}/{Stamp}/{Rack}/U{Slot}";
}
