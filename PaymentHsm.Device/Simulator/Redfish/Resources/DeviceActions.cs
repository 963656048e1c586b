using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Faults;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>The actions of a device (OOB-PROFILE 5 and 7): what is asked is checked here, what happens is the device's.</summary>
internal static class DeviceActions
{
    public static RouteTable<DeviceSide> AddActions(this RouteTable<DeviceSide> routes) => routes
        .Add("POST", "/redfish/v1/Systems/hsm/Actions/ComputerSystem.Reset", Privilege.Restart, (side, r) => Restart(side, r))
        .Add("POST", "/redfish/v1/Systems/hsm/Actions/Oem/PaymentHsm.HandOver", Privilege.Administer, (side, r) => HandOver(side, r))
        .Add("POST", "/redfish/v1/Systems/hsm/Actions/Oem/PaymentHsm.Reclaim", Privilege.Reclaim, (side, r) => Reclaim(side, r))
        .Add("POST", "/redfish/v1/Systems/hsm/Actions/Oem/PaymentHsm.SetLicence", Privilege.Restart, (side, r) => SetLicence(side, r))
        .Add("POST", "/redfish/v1/Systems/hsm/Actions/Oem/PaymentHsm.RemoveCertificates", Privilege.Administer, (side, r) => RemoveCertificates(side, r))
        .Add("POST", "/redfish/v1/Managers/oob/Actions/Manager.Reset", Privilege.Restart, (side, r) => RestartController(side, r))
        .Add("POST", "/redfish/v1/UpdateService/Actions/UpdateService.SimpleUpdate", Privilege.Administer, (side, r) => Update(side, r));

    private static Answer Restart(DeviceSide side, RedfishRequest request) =>
        CheckResetType(request, "ComputerSystem.Reset")
        ?? Answer(side, side.Hsm.Do(change => SoftRestart.Request(change, request.OperationId, request.Caller!.UserName, side.Faults.Holds(FaultKind.TaskException))));

    private static Answer HandOver(DeviceSide side, RedfishRequest request) =>
        CheckParameters(request, "PaymentHsm.HandOver", ["OperationId", "AllocationId"])
        ?? Answer(side, side.Hsm.Do(change => Custody.HandOver(change, Operation(request), request.Text("AllocationId")!, request.Caller!.UserName)));

    private static Answer Reclaim(DeviceSide side, RedfishRequest request)
    {
        if (CheckParameters(request, "PaymentHsm.Reclaim", ["OperationId", "AllocationId", "ApprovalReference"]) is { } refusal)
        {
            return refusal;
        }

        if (request.Body!["Scope"] is { } scope && scope.ToJsonString() != "\"AllCustomerContent\"")
        {
            return Messages.Error(400, "ActionParameterValueNotInList", scope.ToString(), "Scope", "PaymentHsm.Reclaim");
        }

        return Answer(side, side.Hsm.Do(change => Devices.Reclaim.Request(
            change, Operation(request), request.Text("AllocationId")!, request.Text("ApprovalReference")!, request.Caller!.UserName, side.Faults.Holds(FaultKind.TaskException))));
    }

    private static Answer SetLicence(DeviceSide side, RedfishRequest request)
    {
        const string Action = "PaymentHsm.SetLicence";
        if (CheckParameters(request, Action, ["OperationId"]) is { } refusal)
        {
            return refusal;
        }

        foreach (var (name, allowed) in new[] { ("CallsPerSecond", ResourceSku.All.Select(s => s.CallsPerSecond)), ("LmkCount", ResourceSku.All.Select(s => s.LmkCount)) })
        {
            if (request.Body![name] is not { } value)
            {
                return Messages.Error(400, "ActionParameterMissing", Action, name);
            }

            if (!allowed.Contains(Number(value)))
            {
                return Messages.Error(400, "ActionParameterValueNotInList", value.ToJsonString(), name, Action);
            }
        }

        return Answer(side, side.Hsm.Do(change => Licence.Set(
            change, Operation(request), Number(request.Body!["CallsPerSecond"]!), Number(request.Body!["LmkCount"]!), request.Caller!.UserName)));
    }

    private static Answer RemoveCertificates(DeviceSide side, RedfishRequest request) =>
        CheckParameters(request, "PaymentHsm.RemoveCertificates", ["OperationId"])
        ?? Answer(side, side.Hsm.Do(change => Content.RemoveCertificates(change, Operation(request), request.Caller!.UserName)));

    private static int Number(JsonNode value) => value is JsonValue number && number.TryGetValue(out int whole) ? whole : 0;

    private static Answer RestartController(DeviceSide side, RedfishRequest request)
    {
        if (CheckResetType(request, "Manager.Reset") is { } refusal)
        {
            return refusal;
        }

        // It answers first and goes down then.
        side.Hsm.Do(change => change.Plan(
            new AgendaItem(change.In(0.2), AgendaKind.ControllerDown), new AgendaItem(change.In(0.7), AgendaKind.ControllerUp)));
        return new Answer(204);
    }

    private static Answer Update(DeviceSide side, RedfishRequest request)
    {
        if (request.Text("ImageURI") is not { } image)
        {
            return Messages.Error(400, "ActionParameterMissing", "UpdateService.SimpleUpdate", "ImageURI");
        }

        return Uri.TryCreate(image, UriKind.Absolute, out var uri)
            ? Answer(side, side.Hsm.Do(change => FirmwareUpdate.Request(change, uri, request.OperationId, request.Caller!.UserName, side.Faults.Holds(FaultKind.TaskException))))
            : Messages.Error(400, "ActionParameterValueFormatError", image, "ImageURI", "UpdateService.SimpleUpdate");
    }

    private static Answer? CheckResetType(RedfishRequest request, string action) => request.Body?["ResetType"] switch
    {
        null => Messages.Error(400, "ActionParameterMissing", action, "ResetType"),
        { } type when type.ToJsonString() != "\"GracefulRestart\"" => Messages.Error(400, "ActionParameterValueNotInList", type.ToString(), "ResetType", action),
        _ => null,
    };

    private static Answer? CheckParameters(RedfishRequest request, string action, string[] needed)
    {
        foreach (var name in needed)
        {
            if (string.IsNullOrWhiteSpace(request.Text(name)))
            {
                return Messages.Error(400, "ActionParameterMissing", action, name);
            }
        }

        var operation = request.Text("OperationId")!;
        return Guid.TryParseExact(operation, "D", out var id) && id.ToString() == operation
            ? null
            : Messages.Error(400, "ActionParameterValueFormatError", operation, "OperationId", action);
    }

    private static Guid Operation(RedfishRequest request) => Guid.ParseExact(request.Text("OperationId")!, "D");

    private static Answer Answer(DeviceSide side, Verdict verdict) => verdict switch
    {
        Verdict.Accepted { TaskId: { } id } accepted => side.Hsm.State.Tasks.FirstOrDefault(t => t.Id == id) is { } task
            ? TaskResources.Accepted(task)
            : new Answer(202, SystemResources.Operation(accepted.Operation!)).With("Location", $"/redfish/v1/TaskService/TaskMonitors/{id}").With("Retry-After", "1"),
        Verdict.Accepted { Operation: { } record } => new Answer(200, SystemResources.Operation(record)),
        Verdict.Refused refused => Messages.Error(refused.Status, refused.Registry, refused.Key, refused.Args),
        _ => new Answer(204),
    };
}
