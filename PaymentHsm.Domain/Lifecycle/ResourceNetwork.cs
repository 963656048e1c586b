namespace PaymentHsm.Domain.Lifecycle;

/// <summary>The network interfaces of a resource (R14): two on the host side, one for management, all in the customer's resource group.</summary>
public static class ResourceNetwork
{
    /// <summary>Interfaces on the host side.</summary>
    public const int HostInterfaces = 2;

    /// <summary>Interfaces on the management side.</summary>
    public const int ManagementInterfaces = 1;

    /// <summary>ARM id of a host interface, counted from 1.</summary>
    public static string HostInterface(ResourceId id, int number) => Interface(id, $"HSMHost{number}Nic");

    /// <summary>ARM id of the management interface.</summary>
    public static string ManagementInterface(ResourceId id) => Interface(id, "HSMMgmtNic");

    /// <summary>True from the moment the interfaces exist until the resource is gone.</summary>
    public static bool Exists(ResourceState state) => state is ResourceState.Succeeded or ResourceState.Deleting;

    private static string Interface(ResourceId id, string suffix)
    {
        ArgumentNullException.ThrowIfNull(id);
        return $"/subscriptions/{id.Subscription}/resourceGroups/{id.Group}/providers/Microsoft.Network/networkInterfaces/{id.Name}_{suffix}";
    }
}
