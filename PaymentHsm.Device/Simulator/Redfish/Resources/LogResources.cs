using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Faults;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>The service audit log (OOB-PROFILE 7).</summary>
internal static class LogResources
{
    private const string Services = "/redfish/v1/Systems/hsm/LogServices";
    private const string Root = Services + "/ServiceAudit";

    /// <summary>Path of the entries.</summary>
    public const string Entries = Root + "/Entries";

    /// <summary>Entries in one page when the client does not say.</summary>
    public const int PageSize = 500;

    public static RouteTable<DeviceSide> AddLog(this RouteTable<DeviceSide> routes) => routes
        .Read(Services, (_, _) => Json.Collection(Services, "LogServiceCollection", "Log services", ["ServiceAudit"]))
        .Read(Root, (side, _) => Service(side.Hsm))
        .Add("GET", Entries, Privilege.Login, (side, r) => Page(side.Hsm, r))
        .Read(Entries + "/{}", (side, r) => long.TryParse(r.Args[0], out var id) && Visible(side.Hsm).Entries.FirstOrDefault(e => e.Id == id) is { } entry ? Body(entry) : null);

    private static JsonObject Service(SimulatedHsm hsm)
    {
        var body = Json.Resource(Root, "LogService.v1_9_0.LogService", "ServiceAudit", "Service audit log");
        body["LogEntryType"] = "Event";
        body["LogPurposes"] = Json.Strings("Security");
        body["MaxNumberOfRecords"] = AuditLog.Capacity;
        body["OverWritePolicy"] = "WrapsWhenFull";
        body["Overflow"] = Visible(hsm).Overflow;
        body["Persistency"] = true;
        body["ServiceEnabled"] = true;
        body["DateTime"] = Json.Time(hsm.Now);
        body["DateTimeLocalOffset"] = "+00:00";
        body["Status"] = Json.Status();
        body["Entries"] = Json.Ref(Entries);
        return body;
    }

    private static Answer Page(SimulatedHsm hsm, RedfishRequest request)
    {
        var entries = Visible(hsm).Entries;
        if (Paging.Read(request, entries.Count, PageSize) is not { } page)
        {
            return Paging.Refuse(request);
        }

        JsonArray members = [.. entries.Skip(page.Skip).Take(page.Top).Select(JsonNode (e) => Body(e))];
        var body = Json.Collection(Entries, "LogEntryCollection", "Service audit entries", members);
        body["Members@odata.count"] = entries.Count;
        Paging.AddNext(body, Entries, page, entries.Count, request);
        return new Answer(200, body);
    }

    /// <summary>What a client can see: with the fault LogGap, everything older than the fault is overwritten.</summary>
    private static (IReadOnlyList<AuditEntry> Entries, bool Overflow) Visible(SimulatedHsm hsm)
    {
        var (entries, overflow) = hsm.Entries();
        return hsm.Faults.HeldSince(FaultKind.LogGap) is { } since ? ([.. entries.Where(e => e.Created >= since)], true) : (entries, overflow);
    }

    private static JsonObject Body(AuditEntry entry)
    {
        var id = entry.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var message = Messages.OfDevice(entry.Key);
        var body = Json.Resource($"{Entries}/{id}", "LogEntry.v1_21_0.LogEntry", id, $"Service audit {id}");
        body["EntryType"] = "Event";
        body["EventId"] = entry.EventId.ToString();
        body["Created"] = Json.Time(entry.Created);
        body["EventTimestamp"] = Json.Time(entry.Created);
        body["Severity"] = message.Severity;
        body["MessageId"] = $"{Messages.Own}.{entry.Key}";
        body["MessageArgs"] = Json.Strings(entry.Args);
        body["Message"] = message.Format(entry.Args);
        body["OriginatorType"] = entry.UserName is null ? "Internal" : "Client";
        if (entry.UserName is { } user)
        {
            body["Username"] = user;
        }

        body["Persistency"] = true;
        body["Links"] = new JsonObject { ["OriginOfCondition"] = Json.Ref(entry.Origin) };
        body["Oem"] = new JsonObject
        {
            ["PaymentHsm"] = new JsonObject
            {
                ["@odata.type"] = "#PaymentHsm.v1_0_0.LogEntry",
                ["OperationId"] = entry.OperationId?.ToString(),
                ["AllocationId"] = entry.Allocation,
                ["BootId"] = entry.BootId,
            },
        };
        return body;
    }
}
