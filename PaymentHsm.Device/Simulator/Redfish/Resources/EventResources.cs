using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>The event service, and events as they go over a stream (OOB-PROFILE 8).</summary>
internal static class EventResources
{
    private const string Root = "/redfish/v1/EventService";

    /// <summary>Path of the stream.</summary>
    public const string Stream = Root + "/SSE";

    public static RouteTable<DeviceSide> AddEvents(this RouteTable<DeviceSide> routes) => routes
        .Read(Root, (_, _) => Service())
        .Read(Root + "/Subscriptions", (side, _) => Json.Collection(Root + "/Subscriptions", "EventDestinationCollection", "Subscriptions", side.Events.Ids))
        .Read(Root + "/Subscriptions/{}", (side, r) => side.Events.Ids.Contains(r.Args[0]) ? Destination(r.Args[0]) : null);

    /// <summary>An event of the stream.</summary>
    /// <returns>The value of <c>id:</c> and the body of <c>data:</c>.</returns>
    public static (string Id, JsonObject Body) Event(DeviceNotice notice, string context) => notice switch
    {
        DeviceNotice.Entry { Value: var entry } => OfEntry(entry, context),
        DeviceNotice.Status status => OfStatus(status, context),
        _ => throw new ArgumentOutOfRangeException(nameof(notice), notice, "This is no event."),
    };

    private static (string Id, JsonObject Body) OfEntry(AuditEntry entry, string context)
    {
        var id = entry.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var message = Messages.OfDevice(entry.Key);
        return (id, Envelope(id, context, new JsonObject
        {
            ["MemberId"] = "0",
            ["EventType"] = "Alert",
            ["EventId"] = entry.EventId.ToString(),
            ["EventTimestamp"] = Json.Time(entry.Created),
            ["MessageId"] = $"{Messages.Own}.{entry.Key}",
            ["MessageArgs"] = Json.Strings(entry.Args),
            ["Message"] = message.Format(entry.Args),
            ["MessageSeverity"] = message.Severity,
            ["OriginOfCondition"] = Json.Ref(entry.Origin),
            ["LogEntry"] = Json.Ref($"{LogResources.Entries}/{id}"),
        }));
    }

    private static (string Id, JsonObject Body) OfStatus(DeviceNotice.Status status, string context)
    {
        var id = status.LastEntry.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return (id, Envelope(id, context, new JsonObject
        {
            ["MemberId"] = "0",
            ["EventType"] = "StatusChange",
            ["EventId"] = $"status-{status.At.ToUnixTimeMilliseconds()}",
            ["EventTimestamp"] = Json.Time(status.At),
            ["MessageId"] = $"ResourceEvent.1.4.ResourceStatusChanged{status.Health}",
            ["MessageArgs"] = Json.Strings(status.Origin, status.Health),
            ["Message"] = $"The health of {status.Origin} has changed to {status.Health}.",
            ["MessageSeverity"] = status.Health,
            ["OriginOfCondition"] = Json.Ref(status.Origin),
        }));
    }

    private static JsonObject Envelope(string id, string context, JsonObject record) => new()
    {
        ["@odata.type"] = "#Event.v1_13_0.Event",
        ["Id"] = id,
        ["Name"] = "OOB event",
        ["Context"] = context,
        ["Events"] = new JsonArray(record),
    };

    private static JsonObject Service()
    {
        var body = Json.Resource(Root, "EventService.v1_12_0.EventService", "EventService", "Event service");
        body["ServiceEnabled"] = true;
        body["Status"] = Json.Status();
        body["ServerSentEventUri"] = Stream;
        body["EventFormatTypes"] = Json.Strings("Event");
        body["RegistryPrefixes"] = Json.Strings("PaymentHsm", "ResourceEvent");
        body["Subscriptions"] = Json.Ref(Root + "/Subscriptions");
        return body;
    }

    private static JsonObject Destination(string id)
    {
        var body = Json.Resource($"{Root}/Subscriptions/{id}", "EventDestination.v1_13_0.EventDestination", id, $"Event stream {id}");
        body["Destination"] = null;
        body["SubscriptionType"] = "SSE";
        body["Protocol"] = "Redfish";
        body["EventFormatType"] = "Event";
        body["Context"] = id;
        body["Status"] = Json.Status();
        return body;
    }
}
