using System.Globalization;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Redfish;

namespace PaymentHsm.Device.Simulator.Faults;

/// <summary>Faults that make a well-formed answer say something wrong.</summary>
internal static class BodyFaults
{
    private const string Elsewhere = "https://attacker.invalid";

    private static readonly string[] EnumMembers =
    [
        "LinkStatus", "LineInputStatus", "PowerState", "IntrusionSensor", "CommissionState", "AdminAccess", "TaskState", "State", "Health", "LastState", "LastResetCause", "Severity",
    ];

    private static readonly string[] ReadingMembers = ["Reading", "SpeedRPM", "LinkStatus", "LineInputStatus", "PowerState", "IntrusionSensor"];

    private static readonly string[] MissingMembers = ["Reading", "LinkStatus", "LineInputStatus", "PowerState", "IntrusionSensor", "CommissionState", "Status"];

    /// <summary>Changes the answer in place.</summary>
    public static void Apply(Answer answer, IReadOnlyList<Fault> faults, string path)
    {
        foreach (var fault in faults)
        {
            Apply(answer, fault, path);
        }
    }

    private static void Apply(Answer answer, Fault fault, string path)
    {
        switch (fault.Kind)
        {
            case FaultKind.IdentitySwap:
                Walk(answer.Body, (name, value, _) => name is "UUID" or "ServiceEntryPointUUID" ? "00000000-dead-4bad-8000-000000000000"
                    : name == "SerialNumber" ? "Z9999999999Z" : Keep(value));
                break;
            case FaultKind.OffOriginLink:
                var host = (fault.Location?.ToString() ?? Elsewhere).TrimEnd('/');
                Walk(answer.Body, (name, value, _) => name is "@odata.id" or "target" or "TaskMonitor" or "Members@odata.nextLink" or "ServerSentEventUri" ? host + value : Keep(value));
                if (answer.Headers.TryGetValue("Location", out var location))
                {
                    answer.Headers["Location"] = host + location;
                }

                break;
            case FaultKind.ClockSkew:
                Walk(answer.Body, (_, value, _) => Shift(value, fault.Hours ?? 6) ?? Keep(value));
                break;
            case FaultKind.EnumUnknown:
                Walk(answer.Body, (name, value, _) => Meets(fault, EnumMembers, name) && value is JsonValue ? "Flapping" : Keep(value));
                break;
            case FaultKind.NullReading:
                Walk(answer.Body, (name, value, _) => Meets(fault, ReadingMembers, name) && value is JsonValue ? null : Keep(value));
                break;
            case FaultKind.MissingMember:
                Walk(answer.Body, (name, value, parent) => Meets(fault, MissingMembers, name) ? Remove : Keep(value));
                break;
            case FaultKind.NoLocation202:
                answer.Status = 202;
                answer.Headers.Remove("Location");
                break;
            case FaultKind.TaskLost when path.Contains("/TaskService/Task", StringComparison.Ordinal):
                var lost = Messages.Error(404, "ResourceMissingAtURI", path);
                (answer.Status, answer.Body) = (404, lost.Body);
                break;
        }
    }

    /// <summary>Stands for "leave the member as it is".</summary>
    private static readonly JsonNode Unchanged = JsonValue.Create("unchanged")!;

    /// <summary>Stands for "take the member away".</summary>
    private static readonly JsonNode Remove = JsonValue.Create("remove")!;

    private static JsonNode Keep(JsonNode? _) => Unchanged;

    private static bool Meets(Fault fault, string[] usual, string name) => fault.Member is { } member ? member == name : usual.Contains(name);

    private static JsonNode? Shift(JsonNode? value, double hours) =>
        value is JsonValue text && text.TryGetValue(out string? written)
        && DateTimeOffset.TryParseExact(written, Json.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Json.Time(time.AddHours(hours))
            : null;

    private static void Walk(JsonNode? node, Func<string, JsonNode?, JsonObject, JsonNode?> change)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    Walk(item, change);
                }

                break;
            case JsonObject body:
                foreach (var (name, value) in body.ToList())
                {
                    var next = change(name, value, body);
                    if (ReferenceEquals(next, Remove))
                    {
                        body.Remove(name);
                    }
                    else if (ReferenceEquals(next, Unchanged))
                    {
                        Walk(value, change);
                    }
                    else
                    {
                        body[name] = next;
                    }
                }

                break;
        }
    }
}
