using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Simulator.Faults;
using PaymentHsm.Device.Simulator.Redfish.Resources;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>
/// The HTTP rules of OOB-PROFILE 2, in their order: credentials before every other header, then protocol version, path, method, media types,
/// query and body; then the resource; then headers. Faults come in where the profile says that they do.
/// </summary>
internal sealed class RedfishPipeline(ILogger logger, TimeProvider time)
{
    private const int MaximumBody = 1 << 20;
    private const string Everyone = "GET, HEAD";

    /// <summary>Serves one request to one service.</summary>
    public async Task ServeAsync(HttpContext context, IRedfishSide side)
    {
        var path = context.Request.Path.Value?.TrimEnd('/') ?? "";
        var faults = side.Faults?.Take(context.Request.Method, path) ?? [];
        var wire = new FaultWire(context, faults, time);
        if (await wire.BeforeEffectAsync())
        {
            return;
        }

        Answer answer;
        try
        {
            answer = wire.Instead() ?? await AnswerAsync(context, side, path);
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or BadHttpRequestException or IOException))
        {
            logger.AnswerFailed(problem, context.Request.Method, path);
            answer = Messages.Error(500, "InternalError");
        }

        if (answer.Status == 0)
        {
            await EventStreamWriter.WriteAsync(context, side);
            return;
        }

        BodyFaults.Apply(answer, faults, path);
        await wire.WriteAsync(answer, path);
    }

    private static async Task<Answer> AnswerAsync(HttpContext context, IRedfishSide side, string path)
    {
        var request = context.Request;
        var method = HttpMethods.IsHead(request.Method) ? "GET" : request.Method;
        var route = side.Route(method, path);
        var isStream = method == "GET" && side.Events is not null && path == EventResources.Stream;

        var isPublic = route is { Privilege: Privilege.None, Handle: not null };
        var caller = isPublic ? null : Authenticate(request, side);
        if (!isPublic && caller is null)
        {
            return Messages.Error(401, "NoValidSession").With("WWW-Authenticate", "Basic realm=\"Redfish\"");
        }

        if (request.Headers["OData-Version"] is [{ } version, ..] && version != "4.0")
        {
            return Messages.Error(412, "HeaderInvalid", "OData-Version");
        }

        if (isStream)
        {
            return Accepts(request, "text/event-stream") ? new Answer(0) : Messages.Error(406, "HeaderInvalid", "Accept");
        }

        if (route is not { } found)
        {
            return Messages.Error(404, "ResourceMissingAtURI", path);
        }

        var allow = string.Join(", ", found.Allow);
        if (found.Handle is not { } handle)
        {
            return Messages.Error(405, "OperationNotAllowed").With("Allow", allow.Length > 0 ? allow : Everyone);
        }

        if (CheckMediaTypes(request, method, path) is { } refusal)
        {
            return refusal;
        }

        if (method == "GET" && request.Query.Keys.FirstOrDefault(k => k.StartsWith('$') && k is not ("$top" or "$skip")) is { } option)
        {
            return Messages.Error(501, "QueryParameterUnsupported", option);
        }

        if (caller is not null && !Roles.Allows(caller.RoleId, found.Privilege))
        {
            return Messages.Error(403, "InsufficientPrivilege");
        }

        var (body, malformed) = await ReadBodyAsync(request, method);
        if (malformed is not null)
        {
            return malformed;
        }

        var ask = new RedfishRequest(
            method,
            path,
            found.Args,
            request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
            body,
            request.Headers.IfMatch is [{ } tag, ..] ? tag : null,
            Guid.TryParse(request.Headers["X-PaymentHsm-Operation-Id"], out var operation) ? operation : null,
            caller);
        var answer = handle(ask);
        if (method == "GET")
        {
            if (answer is { Status: 200, Body: { } whole } && !path.EndsWith("/Entries", StringComparison.Ordinal))
            {
                answer = Paging.Apply(whole, ask);
            }

            answer.With("Allow", allow);
        }

        return answer;
    }

    private static Caller? Authenticate(HttpRequest request, IRedfishSide side)
    {
        if (request.Headers["X-Auth-Token"] is [{ } token, ..])
        {
            return side.Sessions.Use(token) is { } session ? new Caller(session.UserName, session.RoleId, session.Id) : null;
        }

        if (request.Headers.Authorization is not [{ } header, ..] || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var decoded = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), decoded, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
        return pair.Length == 2 ? side.LogIn(pair[0], pair[1]) : null;
    }

    private static Answer? CheckMediaTypes(HttpRequest request, string method, string path)
    {
        var xml = path.EndsWith("$metadata", StringComparison.Ordinal) || path.Contains("/Schemas/", StringComparison.Ordinal);
        var yaml = path.EndsWith(".yaml", StringComparison.Ordinal);
        if (method == "GET" && !Accepts(request, xml ? "application/xml" : yaml ? "application/yaml" : "application/json") && !(yaml && Accepts(request, "application/json")))
        {
            return Messages.Error(406, "HeaderInvalid", "Accept");
        }

        return method is "POST" or "PATCH" or "PUT" && !(request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) ?? false)
            ? Messages.Error(415, "UnrecognizedRequestBody")
            : null;
    }

    private static bool Accepts(HttpRequest request, string mediaType)
    {
        if (request.Headers.Accept.Count == 0)
        {
            return mediaType != "text/event-stream";
        }

        var family = mediaType[..mediaType.IndexOf('/', StringComparison.Ordinal)] + "/*";
        return request.Headers.Accept
            .SelectMany(h => (h ?? "").Split(','))
            .Select(part => part.Split(';')[0].Trim())
            .Any(type => type == "*/*" || type == family || type.Equals(mediaType, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<(JsonObject? Body, Answer? Malformed)> ReadBodyAsync(HttpRequest request, string method)
    {
        if (method is not ("POST" or "PATCH" or "PUT"))
        {
            return (null, null);
        }

        if (request.ContentLength > MaximumBody)
        {
            return (null, Messages.Error(413, "UnrecognizedRequestBody"));
        }

        try
        {
            var node = await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return node is JsonObject body ? (body, null) : (null, Messages.Error(400, "UnrecognizedRequestBody"));
        }
        catch (JsonException)
        {
            return (null, Messages.Error(400, "MalformedJSON"));
        }
    }
}
