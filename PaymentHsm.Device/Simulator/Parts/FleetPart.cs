namespace PaymentHsm.Device.Simulator.Parts;

/// <summary>A stretch of a fleet, in the order of its book, that one process simulates. It ends where racks end: a rack's feeds and switch belong to one process.</summary>
/// <param name="First">Index of its first device.</param>
/// <param name="Count">How many devices.</param>
public sealed record FleetPart(int First, int Count)
{
    /// <summary>Racks of all stamps are full together at 24 devices and then after every 48.</summary>
    private const int FirstCut = 24;
    private const int Step = 48;

    /// <summary>Divides a fleet into parts of nearly the same size; fewer than wished when it is too small.</summary>
    public static IReadOnlyList<FleetPart> Divide(int devices, int parts)
    {
        var cuts = Enumerable.Range(1, Math.Max(0, parts - 1))
            .Select(i => (int)((long)devices * i / parts))
            .Select(wished => wished < FirstCut ? 0 : FirstCut + ((wished - FirstCut) / Step * Step))
            .Where(cut => cut > 0 && cut < devices)
            .Prepend(0).Append(devices).Distinct().ToArray();
        return [.. cuts.Zip(cuts.Skip(1), (from, to) => new FleetPart(from, to - from))];
    }
}
