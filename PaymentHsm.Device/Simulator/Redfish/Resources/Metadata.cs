using System.Reflection;
using System.Text;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>The OData metadata document and the schema files of our own extension.</summary>
internal static class Metadata
{
    /// <summary>Standard schema files and the versions in use; an unversioned name is a collection.</summary>
    private static readonly (string Name, string? Version)[] Standard =
    [
        ("ServiceRoot", "v1_20_0"), ("ComputerSystem", "v1_27_0"), ("ComputerSystemCollection", null), ("Chassis", "v1_28_0"), ("ChassisCollection", null),
        ("Manager", "v1_24_0"), ("ManagerCollection", null), ("ManagerNetworkProtocol", "v1_12_0"), ("EthernetInterface", "v1_12_4"), ("EthernetInterfaceCollection", null),
        ("ThermalSubsystem", "v1_5_0"), ("ThermalMetrics", "v1_3_2"), ("Fan", "v1_6_0"), ("FanCollection", null), ("PowerSubsystem", "v1_1_3"),
        ("PowerSupply", "v1_6_0"), ("PowerSupplyCollection", null), ("Sensor", "v1_12_0"), ("SensorCollection", null), ("LogService", "v1_9_0"),
        ("LogServiceCollection", null), ("LogEntry", "v1_21_0"), ("LogEntryCollection", null), ("SessionService", "v1_2_0"), ("Session", "v1_8_0"),
        ("SessionCollection", null), ("AccountService", "v1_18_1"), ("ManagerAccount", "v1_14_1"), ("ManagerAccountCollection", null), ("Role", "v1_3_3"),
        ("RoleCollection", null), ("TaskService", "v1_2_0"), ("Task", "v1_7_4"), ("TaskCollection", null), ("EventService", "v1_12_0"), ("Event", "v1_13_0"),
        ("EventDestination", "v1_13_0"), ("EventDestinationCollection", null), ("UpdateService", "v1_17_0"), ("SoftwareInventory", "v1_13_0"),
        ("SoftwareInventoryCollection", null), ("MessageRegistryFile", "v1_1_5"), ("MessageRegistryFileCollection", null), ("MessageRegistry", "v1_7_0"),
        ("Message", "v1_3_0"), ("Resource", "v1_0_0"), ("PowerEquipment", "v1_2_0"), ("PowerDistribution", "v1_3_0"), ("PowerDistributionCollection", null),
        ("Outlet", "v1_4_0"), ("OutletCollection", null), ("Fabric", "v1_3_0"), ("FabricCollection", null), ("Switch", "v1_9_0"), ("SwitchCollection", null),
        ("Port", "v1_9_0"), ("PortCollection", null), ("Thermal", "v1_7_1"), ("Power", "v1_7_1"),
    ];

    private static readonly Dictionary<string, byte[]> Oem = new[] { "PaymentHsm_v1.xml", "PaymentHsmOperation_v1.xml", "PaymentHsmOperationCollection_v1.xml" }
        .ToDictionary(n => n, Load);

    /// <summary>The document at <c>/redfish/v1/$metadata</c>.</summary>
    public static byte[] Document { get; } = Encoding.UTF8.GetBytes(Build());

    /// <summary>A schema file of our extension; null for another name.</summary>
    public static byte[]? OemSchema(string name) => Oem.GetValueOrDefault(name);

    private static string Build()
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edmx:Edmx xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\" Version=\"4.0\">\n");
        foreach (var (name, version) in Standard)
        {
            text.Append(Reference($"http://redfish.dmtf.org/schemas/v1/{name}_v1.xml", name, version is null ? [] : [$"{name}.{version}"]));
        }

        text.Append("  <edmx:Reference Uri=\"http://redfish.dmtf.org/schemas/v1/RedfishExtensions_v1.xml\"><edmx:Include Namespace=\"RedfishExtensions.v1_0_0\" Alias=\"Redfish\"/></edmx:Reference>\n");
        text.Append(Reference("/redfish/v1/Schemas/PaymentHsm_v1.xml", "PaymentHsm", ["PaymentHsm.v1_0_0"]));
        text.Append(Reference("/redfish/v1/Schemas/PaymentHsmOperation_v1.xml", "PaymentHsmOperation", ["PaymentHsmOperation.v1_0_0"]));
        text.Append(Reference("/redfish/v1/Schemas/PaymentHsmOperationCollection_v1.xml", "PaymentHsmOperationCollection", []));
        return text.Append("""
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Service">
                  <EntityContainer Name="Service" Extends="ServiceRoot.v1_20_0.ServiceContainer"/>
                </Schema>
              </edmx:DataServices>
            </edmx:Edmx>

            """).ToString();
    }

    private static string Reference(string uri, string name, string[] versions) =>
        $"  <edmx:Reference Uri=\"{uri}\">{string.Concat(versions.Prepend(name).Select(n => $"<edmx:Include Namespace=\"{n}\"/>"))}</edmx:Reference>\n";

    private static byte[] Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("oob-csdl/" + name)
            ?? throw new InvalidOperationException($"The schema file {name} is missing from the build.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
