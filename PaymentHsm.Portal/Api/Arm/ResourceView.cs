using System.Globalization;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>A resource as answers show it.</summary>
/// <param name="Error">Why it failed: clients that poll the resource read the reason here and nowhere else.</param>
internal sealed record ResourceView(
    string Id, string Name, string Type, string Location, SkuView Sku, IReadOnlyList<string>? Zones, IReadOnlyDictionary<string, string> Tags, SystemDataView? SystemData, PropertiesView Properties, ArmErrorBody? Error)
{
    public static ResourceView Of(CustomerResource resource, ArmVersion version)
    {
        var (id, interfaces) = (resource.Id, ResourceNetwork.InterfacesOf(resource));
        return new ResourceView(
            id.ToString(), id.Name, ResourceId.Type, resource.Location, new SkuView(resource.Sku.Name), resource.Zones.Count == 0 ? null : resource.Zones, resource.Tags,
            version.HasManagement ? SystemDataView.Of(resource) : null,
            new PropertiesView(
                resource.Stamp,
                NetworkView.Of(resource.Host, [.. interfaces.Take(ResourceNetwork.HostInterfaces)], version),
                version.HasManagement && resource.Management is { } management ? NetworkView.Of(management, [.. interfaces.Skip(ResourceNetwork.HostInterfaces)], version) : null,
                resource.State.ToString(),
                resource.StatusMessage),
            resource.Fault is { } fault ? new ArmErrorBody(fault.Code, fault.Message) : null);
    }
}

/// <summary>Performance level.</summary>
internal sealed record SkuView(string Name);

/// <summary>Who made it and who touched it last.</summary>
internal sealed record SystemDataView(string CreatedBy, string CreatedByType, string CreatedAt, string LastModifiedBy, string LastModifiedByType, string LastModifiedAt)
{
    public static SystemDataView Of(CustomerResource resource) => new(
        resource.Created.By, Kind(resource.Created), Time(resource.Created), resource.Modified.By, Kind(resource.Modified), Time(resource.Modified));

    private static string Kind(ResourceStamp stamp) => stamp.IsPerson ? "User" : "Application";

    private static string Time(ResourceStamp stamp) => stamp.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What the resource is made of, and how it is.</summary>
internal sealed record PropertiesView(string? StampId, NetworkView NetworkProfile, NetworkView? ManagementNetworkProfile, string ProvisioningState, string StatusMessage);

/// <summary>One side of the network.</summary>
internal sealed record NetworkView(ReferenceView Subnet, IReadOnlyList<InterfaceView>? NetworkInterfaces)
{
    /// <summary>The interfaces that exist, with their ids; before that, the addresses that were asked for.</summary>
    public static NetworkView Of(NetworkProfile profile, string[] ids, ArmVersion version)
    {
        var count = Math.Max(ids.Length, profile.Addresses.Count);
        var interfaces = Enumerable.Range(0, count).Select(i => InterfaceView.Of(i < ids.Length ? ids[i] : null, i < profile.Addresses.Count ? profile.Addresses[i] : null, version));
        return new NetworkView(ReferenceView.Of(profile.SubnetId, version), count == 0 ? null : [.. interfaces]);
    }
}

/// <summary>A subnet by its id; newer versions call it <c>resourceId</c>, and no client minds a second name.</summary>
internal sealed record ReferenceView(string Id, string? ResourceId)
{
    public static ReferenceView Of(string id, ArmVersion version) => new(id, version.HasResourceId ? id : null);
}

/// <summary>A network interface; no address: dynamic.</summary>
internal sealed record InterfaceView(string? Id, string? ResourceId, string? PrivateIpAddress)
{
    public static InterfaceView Of(string? id, string? address, ArmVersion version) => new(id, version.HasResourceId ? id : null, address);
}
