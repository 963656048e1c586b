using System.Globalization;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>A place in the fleet with the device that stands there.</summary>
internal sealed record Place(int Index, string Serial, string Region, string Stamp, string Rack, int Slot, string Base);

/// <summary>
/// Where which device stands: two regions with two stamps each, filled in turn; in each stamp two racks of three, then racks of twelve. A larger
/// fleet holds every smaller one, so that growing keeps the devices there are.
/// </summary>
internal static class FleetPlan
{
    private const int SmallRacks = 2;
    private const int SmallRackSlots = 3;
    private const int LargeRackSlots = 12;
    private const int FirstUnit = 12;
    private const string CheckLetters = "CDFHJKLMNPRTVWX";

    private static readonly (string Region, string Stamp)[] Stamps =
        [("eastus", "stamp1"), ("eastus", "stamp2"), ("westeurope", "stamp1"), ("westeurope", "stamp2")];

    /// <summary>The device at a place.</summary>
    public static Place At(int index)
    {
        var (region, stamp) = Stamps[index % Stamps.Length];
        var within = index / Stamps.Length;
        var (rack, slot) = within < SmallRacks * SmallRackSlots
            ? (within / SmallRackSlots, FirstUnit + (within % SmallRackSlots * 3))
            : (SmallRacks + ((within - (SmallRacks * SmallRackSlots)) / LargeRackSlots), 3 + ((within - (SmallRacks * SmallRackSlots)) % LargeRackSlots * 3));
        return new Place(index, Serial(index), region, stamp, $"R{(index % Stamps.Length) + 1}{(rack + 1).ToString(CultureInfo.InvariantCulture)}", slot, Release(index));
    }

    private static string Serial(int index)
    {
        var digits = (4665270118L + (index * 37L)).ToString(CultureInfo.InvariantCulture);
        return $"A{digits}{CheckLetters[index * 7 % CheckLetters.Length]}";
    }

    /// <summary>Mostly the baseline; a few behind it, so that firmware views have something to show.</summary>
    private static string Release(int index) => (index % 12) switch
    {
        5 => "1.9a",
        9 => "2.1a",
        _ => "2.2b",
    };
}
