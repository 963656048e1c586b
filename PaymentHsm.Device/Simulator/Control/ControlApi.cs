using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Faults;
using PaymentHsm.Device.Simulator.Racks;

namespace PaymentHsm.Device.Simulator.Control;

/// <summary>
/// The simulator's control API: what customers, on-site staff and bad luck do. Plain HTTP on loopback, no part of Redfish, never reached by
/// the product's drivers except for the list of devices.
/// </summary>
internal static class ControlApi
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static void Map(WebApplication app, SimulatedFleet fleet, SimulatorOptions options, string caFile)
    {
        object Describe(SimulatedHsm device) => DeviceView.Of(device, fleet.Racks[device.Identity.Rack], caFile);

        // Runs an act on a device and shows the device as it is then.
        void Act(string method, string route, Func<SimulatedHsm, HttpContext, Task<Verdict>> act) =>
            app.MapMethods("/devices/{serial}" + route, [method], (HttpContext context, string serial) => GuardAsync(async () =>
            {
                if (!fleet.Devices.TryGetValue(serial, out var device))
                {
                    return Unknown("device", serial);
                }

                return await act(device, context) is Verdict.Refused refused
                    ? Results.Problem(refused.Args.Length > 0 ? refused.Args[0] : refused.Key, statusCode: refused.Status)
                    : Results.Json(Describe(device), Web);
            }));

        void Show(string route, Func<SimulatedHsm, object> show) => app.MapGet("/devices/{serial}" + route, (string serial) =>
            fleet.Devices.TryGetValue(serial, out var device) ? Results.Json(show(device), Web) : Unknown("device", serial));

        app.MapGet("/devices", () => Results.Json(fleet.Devices.Values.Select(Describe), Web));
        Show("", Describe);
        Show("/connections", d => new { d.Connections.Host, d.Connections.HostTls, d.Connections.Management, d.Connections.Oob });
        Show("/restarts", d => new
        {
            Count = d.State.BootId - 1,
            Operations = d.State.Operations.Where(o => o.Action == OperationAction.Reset).Select(o => o.Id),
            d.State.BootId,
        });
        Show("/faults", d => d.Faults.All);

        Act("POST", "/release", (d, _) => Task.FromResult(d.Do(c => Custody.StartRelease(c, options.ReleaseTime))));
        Act("POST", "/commission", (d, _) => Task.FromResult(d.Do(Custody.Commission)));
        Act("POST", "/power-cycle", (d, _) => Task.FromResult(d.Do(Power.Cycle)));
        Act("POST", "/tamper", async (d, http) => Done(d, await CauseAsync(http), Conditions.Tamper));
        Act("DELETE", "/tamper", (d, _) => Task.FromResult<Verdict>(Done(d, 0, (c, _) => Conditions.ClearTamper(c))));
        Act("POST", "/fan-too-fast", (d, _) => Task.FromResult(d.Do(Conditions.FanTooFast)));
        Act("POST", "/residue", async (d, http) => Done(d, Checked(await ReadAsync<Residue>(http)), Content.Leave));
        Act("POST", "/firmware", async (d, http) => Done(d, Version(await ReadAsync<VersionBody>(http)), FirmwareUpdate.ByCustomer));
        Act("DELETE", "/licence-features", (d, _) => Task.FromResult(d.Do(c => Licence.Lose(c, null))));
        Act("DELETE", "/licence-features/{feature}", (d, http) => Task.FromResult(d.Do(c => Licence.Lose(c, Route(http, "feature")))));
        Act("POST", "/hard-lock", (d, _) => Task.FromResult<Verdict>(Lock(d, true)));
        Act("DELETE", "/hard-lock", (d, _) => Task.FromResult<Verdict>(Lock(d, false)));
        Act("POST", "/faults", async (d, http) => Inject(d, await ReadAsync<Fault>(http)));
        Act("DELETE", "/faults", (d, _) => Task.FromResult<Verdict>(Lift(d)));
        Act("POST", "/links/{port}", async (d, http) => SetLink(d, Route(http, "port"), (await ReadAsync<UpBody>(http)).Up));
        Act("POST", "/sensors/{sensor}", async (d, http) => SetSensor(d, Route(http, "sensor"), await ReadAsync<ReadingBody>(http)));
        Act("DELETE", "/sensors/{sensor}", (d, http) => Task.FromResult(SetSensor(d, Route(http, "sensor"), null)));

        app.MapGet("/racks", () => Results.Json(fleet.Racks.Values.Select(RackView), Web));
        app.MapPost("/racks/{rack}/feeds/{feed}", (HttpContext http, string rack, string feed) => GuardAsync(async () =>
        {
            if (!fleet.Racks.TryGetValue(rack, out var found) || feed is not ("A" or "B"))
            {
                return Unknown("feed", $"{rack}/{feed}");
            }

            var on = (await ReadAsync<OnBody>(http)).On;
            found.Set(state => feed == "A" ? state with { FeedA = on } : state with { FeedB = on });
            return Results.Json(RackView(found), Web);
        }));
        app.MapPost("/racks/{rack}/switch", (HttpContext http, string rack) => GuardAsync(async () =>
        {
            if (!fleet.Racks.TryGetValue(rack, out var found))
            {
                return Unknown("rack", rack);
            }

            var up = (await ReadAsync<UpBody>(http)).Up;
            found.Set(state => state with { SwitchUp = up });
            return Results.Json(RackView(found), Web);
        }));
    }

    private static object RackView(SimulatedRack rack) => new
    {
        rack.Identity.Name,
        Feeds = new Dictionary<string, bool> { ["A"] = rack.State.FeedA, ["B"] = rack.State.FeedB },
        Switch = new { rack.State.SwitchUp, Url = $"https://127.0.0.1:{rack.Identity.SwitchPort}" },
        Pdu = new { Url = $"https://127.0.0.1:{rack.Identity.PduPort}" },
        Devices = rack.Devices.Select(d => d.Identity.Serial),
    };

    private static IResult Unknown(string what, string name) => Results.Problem($"There is no {what} '{name}' in this fleet.", statusCode: 404);

    private static string Route(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    private static Verdict.Accepted Done<T>(SimulatedHsm device, T value, Action<Change, T> act)
    {
        device.Do(change => act(change, value));
        return new Verdict.Accepted(null, null);
    }

    private static Verdict.Accepted Lock(SimulatedHsm device, bool locked) =>
        Done(device, locked, static (change, value) => change.State = change.State with { HardLocked = value });

    private static Verdict.Accepted Inject(SimulatedHsm device, Fault fault)
    {
        device.Faults.Add(fault);
        return fault.Kind == FaultKind.HardLock ? Lock(device, true) : new Verdict.Accepted(null, null);
    }

    private static Verdict.Accepted Lift(SimulatedHsm device)
    {
        var wasLocked = device.Faults.Holds(FaultKind.HardLock);
        device.Faults.Clear();
        return wasLocked ? Lock(device, false) : new Verdict.Accepted(null, null);
    }

    private static Verdict SetLink(SimulatedHsm device, string port, bool up) => Links.All.Contains(port)
        ? Done(device, up, (change, value) => Conditions.SetCable(change, port, value))
        : new Verdict.Refused(404, "", "", $"There is no port '{port}'; there are {string.Join(", ", Links.All)}.");

    private static Verdict SetSensor(SimulatedHsm device, string sensor, ReadingBody? body)
    {
        if (Sensors.Find(sensor) is null)
        {
            return new Verdict.Refused(404, "", "", $"There is no sensor '{sensor}'; there are {string.Join(", ", Sensors.All.Select(s => s.Id))}.");
        }

        return Done(device, body, (change, value) => change.State = change.State with
        {
            Overrides = value is null ? change.State.Overrides.Remove(sensor) : change.State.Overrides.SetItem(sensor, value.Reading),
        });
    }

    private static Residue Checked(Residue residue) => residue is { Lmks: < 0 } or { Certificates: < 0 } or { LogEntries: < 0 }
        ? throw new JsonException("A residue is not negative.")
        : residue;

    private static string Version(VersionBody body) => body.Version is { Length: > 0 and <= 20 } version && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
        ? version
        : throw new JsonException("A version is 1 to 20 letters, digits, dots and underscores, for example 1.9a.");

    /// <summary>Cause of a tamper: case, unless the body says otherwise.</summary>
    private static async Task<int> CauseAsync(HttpContext http) =>
        http.Request.ContentLength is > 0 ? (await ReadAsync<CauseBody>(http)).Cause ?? 8 : 8;

    private static async Task<T> ReadAsync<T>(HttpContext http) =>
        await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Web, http.RequestAborted) ?? throw new JsonException("The body is empty.");

    private static async Task<IResult> GuardAsync(Func<Task<IResult>> act)
    {
        try
        {
            return await act();
        }
        catch (JsonException problem)
        {
            return Results.Problem(problem.Message, statusCode: 400);
        }
    }

    private sealed record OnBody([property: JsonRequired] bool On);

    private sealed record UpBody([property: JsonRequired] bool Up);

    private sealed record VersionBody([property: JsonRequired] string Version);

    private sealed record CauseBody(int? Cause);

    private sealed record ReadingBody([property: JsonRequired] double? Reading);
}
