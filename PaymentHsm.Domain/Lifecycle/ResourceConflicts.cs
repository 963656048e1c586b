namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What stands against a request because of what exists already (ARM-API 1.5).</summary>
public static class ResourceConflicts
{
    /// <summary>Why an existing resource cannot take this PUT; null when it can.</summary>
    /// <param name="existing">As stored.</param>
    /// <param name="location">Region asked for.</param>
    /// <param name="stamp">Stamp asked for; null says nothing.</param>
    /// <param name="zones">Zones asked for; none says nothing.</param>
    /// <param name="host">Host network asked for.</param>
    /// <param name="management">Management network asked for.</param>
    public static ResourceFault? OfPut(CustomerResource existing, string location, string? stamp, IReadOnlyList<string> zones, NetworkProfile host, NetworkProfile? management)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(host);
        return existing.Location != location
                ? new("InvalidResourceLocation", $"The resource '{existing.Id.Name}' already exists in location '{existing.Location}'. It cannot be moved to '{location}'; delete it first, or use another name.")
            : Placement.StampAsked(stamp, zones) is { } asked && existing.Stamp is { } has && !Same(asked, has)
                ? Changed("properties.stampId", has)
            : !SameNetwork(existing.Host, host)
                ? Changed("properties.networkProfile", existing.Host.SubnetId)
            : !SameNetwork(existing.Management, management)
                ? Changed("properties.managementNetworkProfile", existing.Management?.SubnetId ?? "not set")
            : null;
    }

    /// <summary>Why a new resource cannot have its static addresses; null when it can.</summary>
    /// <param name="resource">The new one.</param>
    /// <param name="others">All others that use one of its subnets.</param>
    public static ResourceFault? OfAddresses(CustomerResource resource, IEnumerable<CustomerResource> others)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var taken = others.Where(o => o.Id != resource.Id).SelectMany(Addresses).ToDictionary(a => (a.Subnet.ToUpperInvariant(), a.Address), a => a.Owner);
        foreach (var (subnet, address, _) in Addresses(resource))
        {
            if (taken.TryGetValue((subnet.ToUpperInvariant(), address), out var owner))
            {
                return new("PrivateIPAddressInUse", $"The private IP address {address} is in use by '{owner}'. Choose another one, or leave it out for a dynamic address.");
            }
        }

        return null;
    }

    /// <summary>Busy: something else is under way on the resource; null when nothing is.</summary>
    public static ResourceFault? OfState(CustomerResource existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        return existing.State == ResourceState.Deleting || ResourceLifecycle.IsCreating(existing.State) || existing.PendingSku is not null
            ? new("AnotherOperationInProgress", $"Another operation is in progress on '{existing.Id.Name}' ({(existing.PendingSku is null ? existing.State : "changing the SKU")}). Wait until it has ended, then retry.")
            : null;
    }

    private static ResourceFault Changed(string property, string value) =>
        new("PropertyChangeNotAllowed", $"Changing property '{property}' is not allowed; it is '{value}'. Delete the resource and create it again.");

    private static bool SameNetwork(NetworkProfile? a, NetworkProfile? b) =>
        (a is null && b is null) || (a is not null && b is not null && Same(a.SubnetId, b.SubnetId) && a.Addresses.SequenceEqual(b.Addresses));

    private static IEnumerable<(string Subnet, string Address, string Owner)> Addresses(CustomerResource resource) =>
        new[] { resource.Host, resource.Management }.OfType<NetworkProfile>().SelectMany(n => n.Addresses.Select(a => (n.SubnetId, a, resource.Id.Name))).Distinct();

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
