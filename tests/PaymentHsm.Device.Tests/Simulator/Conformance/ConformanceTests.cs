using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator.Conformance;

/// <summary>
/// What the standard's conformance checkers look at, for every resource that can be reached from a service root: heads, links, collections, conditional
/// reads, methods, media types, schemas, messages. Each rule is asked of each resource, so a new resource is judged without a new test.
/// </summary>
public sealed partial class ConformanceTests
{
    [Theory]
    [InlineData("device")]
    [InlineData("switch")]
    [InlineData("pdu")]
    public async Task EveryResource_OfAService_KeepsTheRules(string service)
    {
        await using var fleet = await TestFleet.StartAsync(o => (o.Devices, o.ConformanceMode) = (8, true));
        var device = await fleet.DeviceAsync();
        if (service == "device")
        {
            // Tasks, operations, log entries of several kinds, a tamper with its condition: more to look at.
            using var restarted = await device.RestartAsync(Guid.NewGuid());
            await device.UntilAsync("/redfish/v1/TaskService/Tasks/1", t => (string?)t["TaskState"] == "Completed");
            using var tampered = await device.ControlAsync("tamper");
        }

        using var client = service == "device" ? device.As("admin") : device.Equipment(service);
        var found = new List<string>();

        var crawl = await Crawl.RunAsync(client, found);
        var schemas = await Schemas.ReadAsync(client, found);
        foreach (var (path, body) in crawl.Resources)
        {
            JudgeHead(path, body, schemas, found);
            JudgeCollection(path, body, found);
            schemas.JudgeOem(path, body, found);
            crawl.JudgeLinks(path, body, found);
            await JudgeHttpAsync(client, path, found);
        }

        await JudgeMessagesAsync(client, crawl, found);
        await JudgeAnonymousAsync(client, crawl, found);

        Assert.True(found.Count == 0, $"{found.Count} of {crawl.Resources.Count} resources' rules broken:\n" + string.Join('\n', found));
        Assert.True(crawl.Resources.Count > (service == "device" ? 60 : 10), $"{crawl.Resources.Count} resources");
    }

    private static void JudgeHead(string path, JsonObject body, Schemas schemas, List<string> found)
    {
        var type = (string?)body["@odata.type"];
        if (type is null || !ODataType().IsMatch(type))
        {
            found.Add($"{path}: @odata.type '{type}'");
            return;
        }

        if (!schemas.Knows(type[1..type.LastIndexOf('.')]))
        {
            found.Add($"{path}: $metadata does not reference {type}");
        }

        // A registry is a file, not a resource: it has no place of its own.
        var isFile = type.StartsWith("#MessageRegistry.", StringComparison.Ordinal);
        if (!isFile && ((string?)body["@odata.id"])?.TrimEnd('/') != path.TrimEnd('/'))
        {
            found.Add($"{path}: @odata.id '{(string?)body["@odata.id"]}'");
        }

        if (string.IsNullOrEmpty((string?)body["Name"]))
        {
            found.Add($"{path}: no Name");
        }

        if (body["Members"] is null && string.IsNullOrEmpty((string?)body["Id"]))
        {
            found.Add($"{path}: no Id");
        }
    }

    private static void JudgeCollection(string path, JsonObject body, List<string> found)
    {
        if (body["Members"] is JsonArray members && ((int?)body["Members@odata.count"] != members.Count || members.Any(m => m is not JsonObject)))
        {
            found.Add($"{path}: {members.Count} members, Members@odata.count {body["Members@odata.count"]}");
        }
    }

    private static async Task JudgeHttpAsync(HttpClient client, string path, List<string> found)
    {
        using var answer = await client.GetAsync(path, TestFleet.Cancel);
        void Must(bool holds, string rule)
        {
            if (!holds)
            {
                found.Add($"{path}: {rule}");
            }
        }

        var headers = answer.Headers;
        Must(headers.TryGetValues("OData-Version", out var version) && version.SequenceEqual(["4.0"]), "OData-Version");
        Must(headers.CacheControl?.NoCache == true, "Cache-Control");
        Must(headers.ETag is { IsWeak: false }, "ETag");
        Must(answer.Content.Headers.ContentType?.MediaType == "application/json", "Content-Type");
        Must(answer.Content.Headers.Allow.Contains("GET"), "Allow");
        Must(headers.TryGetValues("Link", out var link) && link.Any(l => l.Contains("rel=describedby", StringComparison.Ordinal)), "Link describedby");

        // A resource that moves by itself (readings, times) may have changed between the two reads; then it answers in full with another tag.
        using var again = await SendAsync(client, HttpMethod.Get, path, r => r.Headers.IfNoneMatch.Add(headers.ETag!));
        Must(again.StatusCode == HttpStatusCode.NotModified || (again.StatusCode == HttpStatusCode.OK && !Equals(again.Headers.ETag, headers.ETag)), $"If-None-Match: {again.StatusCode}");

        using var head = await SendAsync(client, HttpMethod.Head, path);
        Must(head.StatusCode == HttpStatusCode.OK && (await head.Content.ReadAsByteArrayAsync(TestFleet.Cancel)).Length == 0, $"HEAD: {head.StatusCode}");

        using var put = await SendAsync(client, HttpMethod.Put, path, r => r.Content = Json("{}"));
        Must(put.StatusCode == HttpStatusCode.MethodNotAllowed && put.Content.Headers.Allow.Count > 0, $"PUT: {put.StatusCode}");
        Must(await HasMessageAsync(put), "PUT: no envelope");

        using var html = await SendAsync(client, HttpMethod.Get, path, r => r.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html")));
        Must(html.StatusCode == HttpStatusCode.NotAcceptable, $"Accept text/html: {html.StatusCode}");
        using var old = await SendAsync(client, HttpMethod.Get, path, r => r.Headers.Add("OData-Version", "3.0"));
        Must(old.StatusCode == HttpStatusCode.PreconditionFailed, $"OData-Version 3.0: {old.StatusCode}");
        using var query = await SendAsync(client, HttpMethod.Get, path + "?$expand=.");
        Must(query.StatusCode == HttpStatusCode.NotImplemented && await HasMessageAsync(query), $"$expand: {query.StatusCode}");
        using var missing = await SendAsync(client, HttpMethod.Get, path.TrimEnd('/') + "/NothingOfTheKind");
        Must(missing.StatusCode == HttpStatusCode.NotFound && await HasMessageAsync(missing), $"below it: {missing.StatusCode}");
        if (answer.Content.Headers.Allow.Contains("POST"))
        {
            using var form = await SendAsync(client, HttpMethod.Post, path, r => r.Content = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded"));
            Must(form.StatusCode == HttpStatusCode.UnsupportedMediaType, $"POST of a form: {form.StatusCode}");
        }
    }

    /// <summary>Every message that a log, a status or an error names is in the registry that it names, if that one is ours.</summary>
    private static async Task JudgeMessagesAsync(HttpClient client, Crawl crawl, List<string> found)
    {
        var registry = crawl.Resources.Single(r => r.Body["Messages"] is JsonObject).Body["Messages"]!.AsObject();
        var ids = crawl.Resources.SelectMany(r => Named(r.Body, "MessageId")).Distinct().ToList();
        using var refused = await SendAsync(client, HttpMethod.Get, "/redfish/v1/NothingOfTheKind");
        ids.AddRange(Named(JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestFleet.Cancel)), "MessageId"));
        foreach (var id in ids)
        {
            if (!MessageId().IsMatch(id) || (id.StartsWith("PaymentHsm.", StringComparison.Ordinal) && !registry.ContainsKey(id.Split('.')[^1])))
            {
                found.Add($"message {id} is in no registry");
            }
        }

        foreach (var (key, message) in registry)
        {
            var text = (string)message!["Message"]!;
            if (Enumerable.Range(1, 9).Count(n => text.Contains($"%{n}", StringComparison.Ordinal)) != (int)message["NumberOfArgs"]!)
            {
                found.Add($"message {key}: NumberOfArgs");
            }
        }
    }

    private static async Task JudgeAnonymousAsync(HttpClient client, Crawl crawl, List<string> found)
    {
        client.DefaultRequestHeaders.Authorization = null;
        foreach (var (path, _) in crawl.Resources.Where(r => r.Path.TrimEnd('/') != "/redfish/v1"))
        {
            using var answer = await client.GetAsync(path, TestFleet.Cancel);
            if (answer.StatusCode != HttpStatusCode.Unauthorized || answer.Headers.WwwAuthenticate.Count == 0 || !await HasMessageAsync(answer))
            {
                found.Add($"{path}: {answer.StatusCode} to nobody");
            }
        }
    }

    private static async Task<bool> HasMessageAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestFleet.Cancel))?["error"]?["@Message.ExtendedInfo"] is JsonArray { Count: > 0 };

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, Action<HttpRequestMessage>? shape = null)
    {
        using var request = new HttpRequestMessage(method, path);
        shape?.Invoke(request);
        return await client.SendAsync(request, TestFleet.Cancel);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static IEnumerable<string> Named(JsonNode? node, string name) => node switch
    {
        JsonArray array => array.SelectMany(item => Named(item, name)),
        JsonObject body => body.SelectMany(p => p.Key == name && p.Value is JsonValue value ? [(string)value!] : Named(p.Value, name)),
        _ => [],
    };

    [GeneratedRegex(@"^#[A-Za-z]+(\.v\d+_\d+_\d+)?\.[A-Za-z]+$")]
    private static partial Regex ODataType();

    [GeneratedRegex(@"^[A-Za-z]+\.\d+\.\d+\.[A-Za-z]+$")]
    private static partial Regex MessageId();

    /// <summary>Every resource that links lead to.</summary>
    private sealed class Crawl
    {
        private readonly Dictionary<string, JsonObject> _seen = [];

        public IEnumerable<(string Path, JsonObject Body)> Each => _seen.Select(r => (r.Key, r.Value));

        public List<(string Path, JsonObject Body)> Resources { get; private set; } = [];

        public static async Task<Crawl> RunAsync(HttpClient client, List<string> found)
        {
            var crawl = new Crawl();
            var (asked, open) = (new HashSet<string>(), new Queue<string>(["/redfish/v1/"]));
            while (open.TryDequeue(out var path) && asked.Count < 1000)
            {
                if (!asked.Add(path))
                {
                    continue;
                }

                using var answer = await client.GetAsync(path, TestFleet.Cancel);
                var text = await answer.Content.ReadAsStringAsync(TestFleet.Cancel);
                if (answer.StatusCode != HttpStatusCode.OK || JsonNode.Parse(text) is not JsonObject body)
                {
                    found.Add($"{path}: {answer.StatusCode}");
                    continue;
                }

                crawl._seen[path] = body;
                foreach (var link in new[] { "@odata.id", "Uri", "DataSourceUri" }.SelectMany(name => Named(body, name)))
                {
                    open.Enqueue(link.Split('#')[0]);
                }
            }

            crawl.Resources = [.. crawl.Each];
            return crawl;
        }

        /// <summary>A link into a resource points at something that is there and says that it is there.</summary>
        public void JudgeLinks(string path, JsonObject body, List<string> found)
        {
            foreach (var link in Named(body, "@odata.id").Where(l => l.Contains('#', StringComparison.Ordinal)))
            {
                var parts = link.Split('#');
                JsonNode? at = _seen.GetValueOrDefault(parts[0]);
                foreach (var step in parts[1].TrimStart('/').Split('/'))
                {
                    at = at is JsonArray array ? array.ElementAtOrDefault(int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)) : at?[step];
                }

                if ((string?)at?["@odata.id"] != link)
                {
                    found.Add($"{path}: {link} points at nothing");
                }
            }
        }
    }
}
