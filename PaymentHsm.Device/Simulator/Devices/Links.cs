namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>The four ports of a device.</summary>
internal static class Links
{
    /// <summary>Port of the out-of-band controller.</summary>
    public const string Oob = "OOB";

    /// <summary>Every port.</summary>
    public static IReadOnlyList<string> All { get; } = ["HOST1", "HOST2", "MGMT", Oob];

    /// <summary>Ports of the HSM itself.</summary>
    public static IReadOnlyList<string> OfHsm { get; } = ["HOST1", "HOST2", "MGMT"];

    /// <summary>Has the port a link?</summary>
    public static bool IsUp(DeviceState state, string port) =>
        state is { Powered: true, SwitchUp: true } && !state.Unplugged.Contains(port) && (port == Oob || !IsHsmDown(state));

    /// <summary>Redfish path of a port.</summary>
    public static string Path(string port) =>
        (port == Oob ? "/redfish/v1/Managers/oob/EthernetInterfaces/" : "/redfish/v1/Systems/hsm/EthernetInterfaces/") + port;

    /// <summary>While booting, the links come up with the log's LinkUp: shortly before the boot is done.</summary>
    private static bool IsHsmDown(DeviceState state) => state.Run switch
    {
        RunState.Down or RunState.Off => true,
        RunState.Booting => state.Agenda.Any(i => i.Kind is AgendaKind.RestartLinksUp or AgendaKind.BootDone),
        _ => false,
    };
}
