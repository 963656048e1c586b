using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Redfish;
using PaymentHsm.Device.Simulator.Redfish.Resources;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>Service root of rack equipment.</summary>
internal static class RackRoot
{
    public static JsonObject Body(string product, Guid uuid, string content)
    {
        var body = Json.Resource("/redfish/v1/", "ServiceRoot.v1_20_0.ServiceRoot", "RootService", product);
        body["RedfishVersion"] = ServiceResources.RedfishVersion;
        body["UUID"] = uuid.ToString();
        body["Vendor"] = "PaymentHsm";
        body["Product"] = product;
        body["ProtocolFeaturesSupported"] = ProtocolFeatures.Body();
        body[content] = Json.Ref("/redfish/v1/" + content);
        body["SessionService"] = Json.Ref("/redfish/v1/SessionService");
        body["Registries"] = Json.Ref("/redfish/v1/Registries");
        body["Links"] = new JsonObject { ["Sessions"] = Json.Ref("/redfish/v1/SessionService/Sessions") };
        return body;
    }
}
