using System.Globalization;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Redfish;
using PaymentHsm.Device.Simulator.Redfish.Resources;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>The rack's power distribution: one unit for each feed, one outlet for each device. It is read only; nobody switches an HSM off from afar (R63).</summary>
internal sealed class PduSide(SimulatedRack rack, TimeProvider time) : RackSide<PduSide>(Routes, rack, time)
{
    private const string Equipment = "/redfish/v1/PowerEquipment";
    private const string Units = Equipment + "/RackPDUs";

    private static readonly RouteTable<PduSide> Routes = new RouteTable<PduSide>()
        .AddService(["/redfish/v1/PowerEquipment", "/redfish/v1/SessionService", "/redfish/v1/Registries"])
        .Read("/redfish/v1", (side, _) => RackRoot.Body("Rack power distribution", side.Rack.Identity.PduUuid, "PowerEquipment"), Privilege.None)
        .Read(Equipment, (_, _) => EquipmentBody())
        .Read(Units, (_, _) => Json.Collection(Units, "PowerDistributionCollection", "Rack PDUs", ["A", "B"]))
        .Read(Units + "/{}", (side, r) => r.Args[0] is "A" or "B" ? side.UnitBody(r.Args[0]) : null)
        .Read(Units + "/{}/Outlets", (side, r) => r.Args[0] is "A" or "B"
            ? Json.Collection($"{Units}/{r.Args[0]}/Outlets", "OutletCollection", "Outlets", Enumerable.Range(1, side.Rack.Devices.Count).Select(n => n.ToString(CultureInfo.InvariantCulture)))
            : null)
        .Read(Units + "/{}/Outlets/{}", (side, r) =>
            r.Args[0] is "A" or "B" && int.TryParse(r.Args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= side.Rack.Devices.Count
                ? side.OutletBody(r.Args[0], n)
                : null);

    private static JsonObject EquipmentBody()
    {
        var body = Json.Resource(Equipment, "PowerEquipment.v1_2_0.PowerEquipment", "PowerEquipment", "Power equipment");
        body["Status"] = Json.Status();
        body["RackPDUs"] = Json.Ref(Units);
        return body;
    }

    private bool HasFeed(string unit) => unit == "A" ? Rack.State.FeedA : Rack.State.FeedB;

    private JsonObject UnitBody(string unit)
    {
        var on = HasFeed(unit);
        var body = Json.Resource($"{Units}/{unit}", "PowerDistribution.v1_3_0.PowerDistribution", unit, $"Rack PDU {Rack.Identity.Name} {unit}");
        body["EquipmentType"] = "RackPDU";
        body["Status"] = Json.Status(on ? "Enabled" : "UnavailableOffline", on ? "OK" : "Critical");
        body["Outlets"] = Json.Ref($"{Units}/{unit}/Outlets");
        return body;
    }

    private JsonObject OutletBody(string unit, int number)
    {
        var on = HasFeed(unit);
        var id = number.ToString(CultureInfo.InvariantCulture);
        var body = Json.Resource($"{Units}/{unit}/Outlets/{id}", "Outlet.v1_4_0.Outlet", id, $"Outlet {id}, {Rack.Devices[number - 1].Identity.Serial}");
        body["PowerState"] = on ? "On" : "Off";
        body["PowerEnabled"] = true;
        body["Status"] = Json.Status(health: on ? "OK" : "Warning");
        return body;
    }
}
