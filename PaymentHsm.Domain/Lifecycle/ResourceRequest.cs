namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What a PUT asks for, checked for form and normalised by <see cref="ResourceRules"/>.</summary>
/// <param name="Id">Which resource.</param>
/// <param name="Location">Region, lower case without spaces.</param>
/// <param name="Sku">One of the six.</param>
/// <param name="Stamp">Stamp asked for; null to go by the zone, or to let the placement choose.</param>
/// <param name="Zones">The zone asked for, if any: zone n is the region's stamp n (R17).</param>
/// <param name="Tags">All tags.</param>
/// <param name="Host">Network of both host interfaces; static addresses come first.</param>
/// <param name="Management">Network of the management interface; null: the host network.</param>
public sealed record ResourceRequest(
    ResourceId Id, string Location, ResourceSku Sku, string? Stamp, IReadOnlyList<string> Zones, IReadOnlyDictionary<string, string> Tags, NetworkProfile Host, NetworkProfile? Management);
