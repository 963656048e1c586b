using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>Tasks and their monitors (OOB-PROFILE 6).</summary>
internal static class TaskResources
{
    private const string Root = "/redfish/v1/TaskService";

    public static RouteTable<DeviceSide> AddTasks(this RouteTable<DeviceSide> routes) => routes
        .Read(Root, (side, _) => Service(side.Hsm.Now))
        .Read(Root + "/Tasks", (side, _) => Json.Collection(Root + "/Tasks", "TaskCollection", "Tasks", side.Hsm.State.Tasks.Select(t => t.Id)))
        .Read(Root + "/Tasks/{}", (side, r) => Find(side, r.Args[0]) is { } task ? Body(task) : null)
        .Add("GET", Root + "/TaskMonitors/{}", Privilege.Login, (side, r) => Find(side, r.Args[0]) switch
        {
            null => Messages.Error(404, "ResourceMissingAtURI", r.Path),
            { End: null } task => Accepted(task),
            var task => new Answer(200, Body(task)),
        });

    /// <summary>202 with the task: its monitor, when to ask, what it is.</summary>
    public static Answer Accepted(TaskRecord task) => new Answer(202, Body(task))
        .With("Location", $"{Root}/TaskMonitors/{task.Id}")
        .With("Retry-After", "1");

    /// <summary>A task.</summary>
    public static JsonObject Body(TaskRecord task)
    {
        var body = Json.Resource($"{Root}/Tasks/{task.Id}", "Task.v1_7_4.Task", task.Id, task.Name);
        body["TaskState"] = task.State;
        body["TaskStatus"] = task.Status;
        body["StartTime"] = Json.Time(task.Start);
        if (task.End is { } end)
        {
            body["EndTime"] = Json.Time(end);
        }

        body["PercentComplete"] = task.Percent;
        body["TaskMonitor"] = $"{Root}/TaskMonitors/{task.Id}";
        body["HidePayload"] = true;
        body["Messages"] = task.ResultKey is { } key ? new JsonArray(Message(key, task.ResultArgs)) : new JsonArray();
        var oem = new JsonObject { ["@odata.type"] = "#PaymentHsm.v1_0_0.Task", ["OperationId"] = task.OperationId?.ToString() };
        if (task.Phase is { } phase)
        {
            oem["Phase"] = phase;
        }

        body["Oem"] = new JsonObject { ["PaymentHsm"] = oem };
        return body;
    }

    private static TaskRecord? Find(DeviceSide side, string id) => side.Hsm.State.Tasks.FirstOrDefault(t => t.Id == id);

    private static JsonObject Message(string key, IReadOnlyList<string> args)
    {
        var message = Messages.OfDevice(key);
        return new JsonObject
        {
            ["MessageId"] = $"{Messages.Own}.{key}",
            ["MessageArgs"] = Json.Strings(args),
            ["Message"] = message.Format(args),
            ["MessageSeverity"] = message.Severity,
        };
    }

    private static JsonObject Service(DateTimeOffset now)
    {
        var body = Json.Resource(Root, "TaskService.v1_2_0.TaskService", "TaskService", "Task service");
        body["DateTime"] = Json.Time(now);
        body["ServiceEnabled"] = true;
        body["CompletedTaskOverWritePolicy"] = "Oldest";
        body["LifeCycleEventOnTaskStateChange"] = false;
        body["TaskAutoDeleteTimeoutMinutes"] = (int)Agenda.TaskLifetime.TotalMinutes;
        body["Status"] = Json.Status();
        body["Tasks"] = Json.Ref(Root + "/Tasks");
        return body;
    }
}
