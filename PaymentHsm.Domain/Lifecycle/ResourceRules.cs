using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>The form of a request for a customer's resource: what can be judged without knowing what exists (ARM error codes; R14, R15, R17).</summary>
public static class ResourceRules
{
    private const int MaxShown = 80;

    /// <summary>Why this actor may not create, change or delete resources; null when they may. Everybody with a role may read.</summary>
    public static Refusal? MayWrite(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role is Role.Automation or Role.Engineering
            ? null
            : new("R7", RefusalKind.NotThisPerson, $"Payment HSMs are created, changed and deleted by Automation and Engineering; {actor.Id} is {actor.Role}.", "Ask Engineering.");
    }

    /// <summary>Judges a wish and normalises it: region in lower case, stamp as the region spells it, static addresses first.</summary>
    /// <param name="wish">What was asked for.</param>
    /// <param name="regions">Where there are devices.</param>
    public static ResourceForm Check(ResourceWish wish, IReadOnlyList<ServedRegion> regions)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(regions);
        var location = ServedRegion.Normalise(wish.Location ?? "");
        var region = regions.FirstOrDefault(r => r.Name == location);
        return Identity(wish.Id)
            ?? Region(wish.Location, region, regions)
            ?? Sku(wish.Sku, out var sku)
            ?? Place(wish, region!)
            ?? Network("properties.networkProfile", wish.Host, ResourceNetwork.HostInterfaces)
            ?? (wish.Management is null ? null : Network("properties.managementNetworkProfile", wish.Management, ResourceNetwork.ManagementInterfaces))
            ?? Distinct(wish.Host!, wish.Management)
            ?? TagRules.Check(wish.Tags)
            ?? (ResourceForm)new ResourceForm.Good(Normalised(wish, region!, sku!));
    }

    /// <summary>Reads a SKU name as a PATCH gives it.</summary>
    public static ResourceForm.Bad? Sku(string? name, out ResourceSku? sku) => ResourceSku.TryParse(name, out sku)
        ? null
        : Bad("InvalidSku", $"The sku {Shown(name)} does not exist. Use one of {string.Join(", ", ResourceSku.All)}.", "R15");

    private static ResourceForm.Bad? Identity(ResourceId id)
    {
        if (id.Name.Length is < 3 or > 24 || !id.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return Bad("InvalidResourceName", $"The resource name {Shown(id.Name)} is not valid. It has 3 to 24 characters: letters, digits and hyphens.", "R22");
        }

        return id.Group.Length > 90 || id.Group.EndsWith('.') || !id.Group.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '(' or ')')
            ? Bad("InvalidResourceGroup", $"The resource group name {Shown(id.Group)} is not valid. It has up to 90 characters: letters, digits, '-', '_', '.', '(' and ')', and does not end with a period.", "R22")
            : null;
    }

    private static ResourceForm.Bad? Region(string? asked, ServedRegion? region, IReadOnlyList<ServedRegion> regions)
    {
        if (string.IsNullOrWhiteSpace(asked))
        {
            return Bad("LocationRequired", "The location property is required for this definition.", "R17");
        }

        return region is null
            ? Bad("LocationNotAvailableForResourceType", $"The location {Shown(asked)} is not available for resource type '{ResourceId.Type}'. Available regions are {string.Join(", ", regions.Select(r => r.Name))}.", "R17")
            : null;
    }

    private static ResourceForm.Bad? Place(ResourceWish wish, ServedRegion region)
    {
        var (stamps, zones) = (string.Join(", ", region.Stamps), string.Join(", ", region.Zones));
        return region.ByZone && wish.Stamp is not null ? Bad("InvalidStamp", $"{region.Name} is asked for by availability zone: leave properties.stampId out and give one of the zones {zones}.", "R17")
            : wish.Stamp is { } stamp && !region.Stamps.Contains(stamp, StringComparer.OrdinalIgnoreCase) ? Bad("InvalidStamp", $"The stamp {Shown(stamp)} does not exist in {region.Name}. Use one of {stamps}.", "R17")
            : wish.Zones.Count > 1 || wish.Zones.Any(z => !region.Zones.Contains(z)) ? Bad("InvalidStamp", $"zones names one zone of {region.Name}: {zones}. A pair for high availability is two resources.", "R17")
            : null;
    }

    private static ResourceForm.Bad? Network(string path, NetworkWish? network, int most)
    {
        if (string.IsNullOrWhiteSpace(network?.SubnetId))
        {
            return Bad("InvalidRequestContent", $"{path}.subnet.id is missing: the id of the subnet that is delegated to {ResourceId.Type}.", "R14");
        }

        if (!SubnetId.IsWellFormed(network.SubnetId))
        {
            return Bad("InvalidSubnet", $"{path}.subnet.id {Shown(network.SubnetId)} is not the id of a subnet: {SubnetId.Example}.", "R14");
        }

        if (network.Addresses.Count > most)
        {
            return Bad("InvalidRequestContent", $"{path}.networkInterfaces lists {network.Addresses.Count} interfaces; there {(most == 1 ? "is 1" : $"are {most}")}.", "R14");
        }

        var wrong = network.Addresses.OfType<string>().Select(a => (Address: a, Fault: Ipv4.Fault(a))).FirstOrDefault(a => a.Fault is not null);
        return wrong.Fault is null ? null : Bad("InvalidIpAddress", $"{path}: the address {Shown(wrong.Address)} {wrong.Fault}.", "R14");
    }

    /// <summary>Two networks may use the same numbers; one subnet may not.</summary>
    private static ResourceForm.Bad? Distinct(NetworkWish host, NetworkWish? management)
    {
        var all = new[] { host, management }.OfType<NetworkWish>().SelectMany(n => n.Addresses.OfType<string>().Select(a => (Subnet: n.SubnetId!.ToUpperInvariant(), Address: a)));
        return all.GroupBy(a => a).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? Bad("InvalidIpAddress", $"The address {Shown(twice.Key.Address)} is given to two interfaces.", "R14")
            : null;
    }

    private static ResourceRequest Normalised(ResourceWish wish, ServedRegion region, ResourceSku sku)
    {
        var stamp = wish.Stamp is null ? null : region.Stamps.First(p => string.Equals(p, wish.Stamp, StringComparison.OrdinalIgnoreCase));
        return new ResourceRequest(wish.Id, region.Name, sku, stamp, wish.Zones, wish.Tags, Profile(wish.Host!), wish.Management is null ? null : Profile(wish.Management));
    }

    private static NetworkProfile Profile(NetworkWish wish) => new(wish.SubnetId!, [.. wish.Addresses.OfType<string>()]);

    /// <summary>What the caller wrote, quoted, and never more than a line of it.</summary>
    public static string Shown(string? text) => text is null ? "(none)" : text.Length <= MaxShown ? $"'{text}'" : $"'{text[..MaxShown]}...'";

    private static ResourceForm.Bad Bad(string code, string message, string rule) => new(new ResourceFault(code, message), rule);
}
