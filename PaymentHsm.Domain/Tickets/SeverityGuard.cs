using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Tickets;

/// <summary>
/// The severity guard (R55): production without high availability gets no highest severity. High availability is a second HSM of the same customer on
/// another stamp of the region; two on one stamp fall together (R18).
/// </summary>
public static class SeverityGuard
{
    /// <summary>The severity that a ticket gets, and why.</summary>
    public static SeverityJudgement Judge(Severity asked, HsmTile device, IEnumerable<HsmTile> fleet, SeverityWording wording)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(fleet);
        if (device.Customer is null)
        {
            return new SeverityJudgement(asked, asked, true, "The operator's own device: no customer's production runs on it.", "");
        }

        var others = fleet.Where(t => t.Serial != device.Serial && t.Customer == device.Customer && t.Lifecycle == HsmState.Allocated)
            .OrderBy(t => t.Serial.ToString(), StringComparer.Ordinal).ToList();
        var here = others.Where(t => t.Location.Region == device.Location.Region).ToList();
        var apart = here.Where(t => t.Location.Stamp != device.Location.Stamp).ToList();
        var topology = $"In {device.Location.Region}: {Words(here)}. Other regions: {Words(others.Except(here))}.";
        if (apart.Count > 0)
        {
            return new SeverityJudgement(asked, asked, true, "High availability: the customer has HSMs on two stamps of the region.", topology);
        }

        var why = $"Production without a second HSM on another stamp gets no highest severity ({wording switch { SeverityWording.SupportGuide => "the support guide: not S2", _ => "the deployment guide: not Severity A" }}).";
        return new SeverityJudgement(asked, asked == Severity.Critical ? Severity.High : asked, false, why, topology);
    }

    private static string Words(IEnumerable<HsmTile> tiles)
    {
        var words = string.Join(", ", tiles.Select(t => $"{t.Serial} on {t.Location.Stamp}, {t.Health}"));
        return words.Length == 0 ? "no other" : words;
    }
}

/// <summary>What the guard found.</summary>
/// <param name="Asked">What was asked for.</param>
/// <param name="Given">What the ticket gets.</param>
/// <param name="HighestOpen">True when the topology allows the highest severity.</param>
/// <param name="Why">The reason, in a sentence.</param>
/// <param name="Topology">The customer's other devices, from which it follows.</param>
public sealed record SeverityJudgement(Severity Asked, Severity Given, bool HighestOpen, string Why, string Topology)
{
    /// <summary>True when the ticket gets less than was asked for.</summary>
    public bool Lowered => Asked != Given;
}

/// <summary>The two sources name the severity that is not given differently; which word is shown is a setting.</summary>
public enum SeverityWording
{
    /// <summary>The deployment guide: Severity A.</summary>
    DeploymentGuide,

    /// <summary>The support guide: S2.</summary>
    SupportGuide,
}
