using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>Resources that every Redfish service here has: sessions, registries, metadata.</summary>
internal static class ServiceResources
{
    /// <summary>Version of the Redfish protocol spoken.</summary>
    public const string RedfishVersion = "1.15.0";

    /// <summary>Adds them to a route table.</summary>
    public static RouteTable<TSide> AddService<TSide>(this RouteTable<TSide> routes, IReadOnlyList<string> topLevel)
        where TSide : IRedfishSide
    {
        return routes
            .Read("/redfish", (_, _) => new JsonObject { ["v1"] = "/redfish/v1/" }, Privilege.None)
            .Read("/redfish/v1/odata", (_, _) => OData(topLevel), Privilege.None)
            .Add("GET", "/redfish/v1/$metadata", Privilege.None, (_, _) => new Answer(200) { Raw = Metadata.Document, MediaType = "application/xml" })
            .Add("GET", "/redfish/v1/openapi.yaml", Privilege.Login, (_, _) => new Answer(200) { Raw = OpenApi, MediaType = "application/yaml" })
            .Add("GET", "/redfish/v1/Schemas/{}", Privilege.Login, (_, r) => Metadata.OemSchema(r.Args[0]) is { } schema
                ? new Answer(200) { Raw = schema, MediaType = "application/xml" }
                : Messages.Error(404, "ResourceMissingAtURI", r.Path))
            .Read("/redfish/v1/SessionService", (_, _) => SessionService())
            .Read("/redfish/v1/SessionService/Sessions", (side, _) => Json.Collection(
                "/redfish/v1/SessionService/Sessions", "SessionCollection", "Sessions", side.Sessions.All.Select(s => s.Id)))
            .Add("POST", "/redfish/v1/SessionService/Sessions", Privilege.None, (side, r) => OpenSession(side, r))
            .Read("/redfish/v1/SessionService/Sessions/{}", (side, r) => side.Sessions.All.FirstOrDefault(s => s.Id == r.Args[0]) is { } s ? Body(s) : null)
            .Add("DELETE", "/redfish/v1/SessionService/Sessions/{}", Privilege.Login, (side, r) => EndSession(side, r))
            .Read("/redfish/v1/Registries", (_, _) => Json.Collection("/redfish/v1/Registries", "MessageRegistryFileCollection", "Registries", ["PaymentHsm"]))
            .Read("/redfish/v1/Registries/PaymentHsm", (_, _) => RegistryFile())
            .Read("/redfish/v1/RegistryStore/PaymentHsm.1.0.0.json", (_, _) => Registry());
    }

    private static byte[] OpenApi { get; } = "openapi: 3.0.1\ninfo:\n  title: Payment HSM OOB controller\n  version: 1.0.0\npaths: {}\n"u8.ToArray();

    private static JsonObject OData(IReadOnlyList<string> topLevel)
    {
        var value = new JsonArray(new JsonObject { ["name"] = "Service", ["kind"] = "Singleton", ["url"] = "/redfish/v1/" });
        foreach (var path in topLevel)
        {
            value.Add((JsonNode)new JsonObject { ["name"] = path.Split('/')[^1], ["kind"] = "Singleton", ["url"] = path });
        }

        return new JsonObject { ["@odata.context"] = "/redfish/v1/$metadata", ["value"] = value };
    }

    private static JsonObject SessionService()
    {
        var body = Json.Resource("/redfish/v1/SessionService", "SessionService.v1_2_0.SessionService", "SessionService", "Session service");
        body["ServiceEnabled"] = true;
        body["SessionTimeout"] = (int)Redfish.Sessions.IdleLimit.TotalSeconds;
        body["Status"] = Json.Status();
        body["Sessions"] = Json.Ref("/redfish/v1/SessionService/Sessions");
        return body;
    }

    private static JsonObject Body(Session session)
    {
        var body = Json.Resource(
            $"/redfish/v1/SessionService/Sessions/{session.Id}", "Session.v1_8_0.Session", session.Id, $"Session {session.Id}");
        body["UserName"] = session.UserName;
        body["SessionType"] = "Redfish";
        body["CreatedTime"] = Json.Time(session.Created);
        return body;
    }

    private static Answer OpenSession(IRedfishSide side, RedfishRequest request)
    {
        if (request.Text("UserName") is not { } userName)
        {
            return Messages.Error(400, "PropertyMissing", "UserName");
        }

        if (request.Text("Password") is not { } password)
        {
            return Messages.Error(400, "PropertyMissing", "Password");
        }

        if (side.LogIn(userName, password) is not { } caller)
        {
            return Messages.Error(401, "ResourceAtUriUnauthorized", request.Path, "user name or password");
        }

        var session = side.Sessions.Open(caller.UserName, caller.RoleId);
        return new Answer(201, Body(session))
            .With("Location", $"/redfish/v1/SessionService/Sessions/{session.Id}")
            .With("X-Auth-Token", session.Token);
    }

    private static Answer EndSession(IRedfishSide side, RedfishRequest request)
    {
        var session = side.Sessions.All.FirstOrDefault(s => s.Id == request.Args[0]);
        if (session is null)
        {
            return Messages.Error(404, "ResourceMissingAtURI", request.Path);
        }

        if (session.UserName != request.Caller!.UserName && request.Caller.RoleId != Roles.Administrator)
        {
            return Messages.Error(403, "InsufficientPrivilege");
        }

        side.Sessions.End(session.Id);
        return new Answer(204);
    }

    private static JsonObject RegistryFile()
    {
        var body = Json.Resource("/redfish/v1/Registries/PaymentHsm", "MessageRegistryFile.v1_1_5.MessageRegistryFile", "PaymentHsm", "Payment HSM message registry file");
        body["Languages"] = Json.Strings("en");
        body["Registry"] = "PaymentHsm.1.0";
        body["Location"] = new JsonArray(new JsonObject { ["Language"] = "en", ["Uri"] = "/redfish/v1/RegistryStore/PaymentHsm.1.0.0.json" });
        return body;
    }

    private static JsonObject Registry()
    {
        var messages = new JsonObject();
        foreach (var message in Messages.All)
        {
            messages[message.Key] = new JsonObject
            {
                ["Description"] = message.Text.Replace("%", "argument ", StringComparison.Ordinal),
                ["LongDescription"] = $"This message shall say: {message.Text}",
                ["Message"] = message.Text,
                ["MessageSeverity"] = message.Severity,
                ["NumberOfArgs"] = message.Arguments,
                ["Resolution"] = message.Resolution,
            };
            if (message.Arguments > 0)
            {
                messages[message.Key]!["ParamTypes"] = Json.Strings(Enumerable.Repeat("string", message.Arguments));
            }
        }

        return new JsonObject
        {
            ["@odata.type"] = "#MessageRegistry.v1_7_0.MessageRegistry",
            ["Id"] = "PaymentHsm.1.0.0",
            ["Name"] = "Payment HSM message registry",
            ["Language"] = "en",
            ["Description"] = "Messages of the out-of-band controller of a payment HSM.",
            ["RegistryPrefix"] = "PaymentHsm",
            ["RegistryVersion"] = "1.0.0",
            ["OwningEntity"] = "PaymentHsm",
            ["Messages"] = messages,
        };
    }
}
