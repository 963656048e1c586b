namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>Everything that can be asked of a device's out-of-band controller.</summary>
internal static class DeviceRoutes
{
    /// <summary>One table for the whole fleet.</summary>
    public static RouteTable<DeviceSide> Table { get; } = new RouteTable<DeviceSide>()
        .AddService(
        [
            "/redfish/v1/Systems", "/redfish/v1/Chassis", "/redfish/v1/Managers", "/redfish/v1/TaskService", "/redfish/v1/EventService",
            "/redfish/v1/SessionService", "/redfish/v1/AccountService", "/redfish/v1/UpdateService", "/redfish/v1/Registries",
        ])
        .AddManager()
        .AddSystem()
        .AddChassis()
        .AddOldChassis()
        .AddLog()
        .AddTasks()
        .AddEvents()
        .AddAccounts()
        .AddActions();
}
