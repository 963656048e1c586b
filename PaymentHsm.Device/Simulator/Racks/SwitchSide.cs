using System.Globalization;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Redfish;
using PaymentHsm.Device.Simulator.Redfish.Resources;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>The top-of-rack switch. Its management stays reachable when it no longer forwards: that is how one sees that it does not.</summary>
internal sealed class SwitchSide(SimulatedRack rack, TimeProvider time) : RackSide<SwitchSide>(Routes, rack, time)
{
    private const string Fabric = "/redfish/v1/Fabrics/tor";
    private const string Switch = Fabric + "/Switches/tor";

    private static readonly RouteTable<SwitchSide> Routes = new RouteTable<SwitchSide>()
        .AddService(["/redfish/v1/Fabrics", "/redfish/v1/SessionService", "/redfish/v1/Registries"])
        .Read("/redfish/v1", (side, _) => RackRoot.Body("Top-of-rack switch", side.Rack.Identity.SwitchUuid, "Fabrics"), Privilege.None)
        .Read("/redfish/v1/Fabrics", (_, _) => Json.Collection("/redfish/v1/Fabrics", "FabricCollection", "Fabrics", ["tor"]))
        .Read(Fabric, (_, _) => FabricBody())
        .Read(Fabric + "/Switches", (_, _) => Json.Collection(Fabric + "/Switches", "SwitchCollection", "Switches", ["tor"]))
        .Read(Switch, (side, _) => side.SwitchBody())
        .Read(Switch + "/Ports", (side, _) => Json.Collection(Switch + "/Ports", "PortCollection", "Ports", Enumerable.Range(1, side.PortCount).Select(Text)))
        .Read(Switch + "/Ports/{}", (side, r) => int.TryParse(r.Args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= side.PortCount ? side.PortBody(n) : null);

    private int PortCount => Rack.Devices.Count * Links.All.Count;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonObject FabricBody()
    {
        var body = Json.Resource(Fabric, "Fabric.v1_3_0.Fabric", "tor", "Rack network");
        body["FabricType"] = "Ethernet";
        body["Status"] = Json.Status();
        body["Switches"] = Json.Ref(Fabric + "/Switches");
        return body;
    }

    private JsonObject SwitchBody()
    {
        var up = Rack.State.SwitchUp;
        var body = Json.Resource(Switch, "Switch.v1_9_0.Switch", "tor", $"Top-of-rack switch {Rack.Identity.Name}");
        body["SwitchType"] = "Ethernet";
        body["PowerState"] = "On";
        body["Status"] = Json.Status(up ? "Enabled" : "Disabled", up ? "OK" : "Critical");
        body["Ports"] = Json.Ref(Switch + "/Ports");
        return body;
    }

    private JsonObject PortBody(int number)
    {
        var device = Rack.Devices[(number - 1) / Links.All.Count];
        var port = Links.All[(number - 1) % Links.All.Count];
        var up = Links.IsUp(device.State, port);
        var body = Json.Resource($"{Switch}/Ports/{Text(number)}", "Port.v1_9_0.Port", Text(number), $"Port {Text(number)}, {device.Identity.Serial} {port}");
        body["PortId"] = Text(number);
        body["PortProtocol"] = "Ethernet";
        body["LinkState"] = Rack.State.SwitchUp ? "Enabled" : "Disabled";
        body["LinkStatus"] = up ? "LinkUp" : Rack.State.SwitchUp ? "NoLink" : "LinkDown";
        body["CurrentSpeedGbps"] = up ? 1 : 0;
        body["Status"] = Json.Status(health: up ? "OK" : "Warning");
        return body;
    }
}
