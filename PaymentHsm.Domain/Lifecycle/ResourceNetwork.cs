namespace PaymentHsm.Domain.Lifecycle;

/// <summary>The network interfaces of a resource (R14): two on the host side, one for management, all in the customer's resource group.</summary>
public static class ResourceNetwork
{
    /// <summary>Interfaces on the host side.</summary>
    public const int HostInterfaces = 2;

    /// <summary>Interfaces on the management side.</summary>
    public const int ManagementInterfaces = 1;

    /// <summary>ARM ids of the interfaces that exist: those of the host side, then management; none until the resource is ready.</summary>
    public static IReadOnlyList<string> InterfacesOf(CustomerResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.State is ResourceState.Succeeded or ResourceState.Deleting
            ? [.. resource.InterfaceNames.Select(n => $"/subscriptions/{resource.Id.Subscription}/resourceGroups/{resource.Id.Group}/providers/Microsoft.Network/networkInterfaces/{n}")]
            : [];
    }
}
