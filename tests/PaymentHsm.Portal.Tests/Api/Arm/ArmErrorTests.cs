using System.Net.Http.Headers;

namespace PaymentHsm.Portal.Tests.Api.Arm;

/// <summary>Every error that the API itself makes: status, code, envelope, and words that help.</summary>
public sealed class ArmErrorTests(ArmHost host) : IClassFixture<ArmHost>
{
    private const string Version = "?api-version=2021-11-30";
    private const string InSubscription = "/subscriptions/7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c/providers/Microsoft.HardwareSecurityModules";
    private const string One = "/subscriptions/7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c/resourceGroups/rg/providers/Microsoft.HardwareSecurityModules/dedicatedHSMs/no-such-hsm";
    private const string Subnet = "/subscriptions/0d7f9a52-5b1e-4c7a-9e0b-6f1d2c3b4a59/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s";

    private static string Body(string location = "\"eastus\"", string sku = "{\"name\":\"payShield10K_LMK1_CPS60\"}", string? properties = null, string more = "") =>
        $$"""{"location":{{location}},"sku":{{sku}},"properties":{{properties ?? Properties()}}{{more}}}""";

    private static string Properties(string subnet = Subnet, string interfaces = "[]", string stamp = "\"stamp1\"") =>
        $$$"""{"stampId":{{{stamp}}},"networkProfile":{"subnet":{"id":"{{{subnet}}}"},"networkInterfaces":{{{interfaces}}}}}""";

    /// <summary>Method, address, body, status, code, a word of the message.</summary>
    public static TheoryData<string, string, string?, int, string, string> Faults { get; } = new()
    {
        { "GET", One, null, 400, "MissingApiVersionParameter", "2021-11-30" },
        { "GET", One + "?api-version=", null, 400, "MissingApiVersionParameter", "2021-11-30" },
        { "GET", One + "?api-version=2099-01-01", null, 400, "InvalidApiVersionParameter", "2018-10-31, 2021-11-30" },
        { "GET", "/providers/Microsoft.HardwareSecurityModules/operations", null, 400, "MissingApiVersionParameter", "api-version" },
        { "GET", One + Version, null, 404, "ResourceNotFound", "dedicatedHSMs/no-such-hsm' under resource group 'rg'" },
        { "GET", One + "/outboundNetworkDependenciesEndpoints" + Version, null, 404, "ResourceNotFound", "no-such-hsm" },
        { "PATCH", One + Version, "{}", 404, "ResourceNotFound", "no-such-hsm" },
        { "GET", InSubscription + "/paymentHsmClusters" + Version, null, 404, "InvalidResourceType", "dedicatedHSMs" },
        { "GET", "/subscriptions/7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c" + Version, null, 404, "InvalidResourceType", "nothing at" },
        { "GET", "/providers/Microsoft.Compute/operations" + Version, null, 404, "InvalidResourceType", "nothing at" },
        { "POST", One + Version, "{}", 405, "MethodNotAllowed", "PATCH" },
        { "PUT", InSubscription + "/dedicatedHSMs" + Version, "{}", 405, "MethodNotAllowed", "GET" },
        { "GET", One.Replace("7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c", "mine", StringComparison.Ordinal) + Version, null, 400, "InvalidSubscriptionId", "'mine'" },
        { "GET", InSubscription + "/dedicatedHSMs" + Version + "&$top=0", null, 400, "InvalidQueryParameterValue", "$top" },
        { "GET", InSubscription + "/dedicatedHSMs" + Version + "&$top=many", null, 400, "InvalidQueryParameterValue", "'many'" },
        { "GET", InSubscription + "/dedicatedHSMs" + Version + "&$skiptoken=bm9uc2Vuc2U", null, 400, "InvalidQueryParameterValue", "nextLink" },
        { "GET", InSubscription + "/dedicatedHSMs" + Version + "&$skiptoken=%26%26", null, 400, "InvalidQueryParameterValue", "nextLink" },
        { "GET", InSubscription + "/locations/eastus/operationResults/bm9uc2Vuc2U" + Version, null, 404, "OperationResultNotFound", "no such operation" },
        { "PUT", One + Version, "", 400, "InvalidRequestContent", "not JSON" },
        { "PUT", One + Version, "{\"location\":", 400, "InvalidRequestContent", "not JSON" },
        { "PUT", One + Version, "{'location':'eastus'}", 400, "InvalidRequestContent", "double quotes" },
        { "PUT", One + Version, "[]", 400, "InvalidRequestContent", "a list, not an object" },
        { "PUT", One + Version, "null", 400, "InvalidRequestContent", "not an object" },
        { "PUT", One + Version, "{}", 400, "InvalidRequestContent", "properties is missing; sku is missing" },
        { "PUT", One + Version, Body(sku: "{}"), 400, "InvalidRequestContent", "sku.name is missing" },
        { "PUT", One + Version, Body(sku: "\"payShield10K_LMK1_CPS60\""), 400, "InvalidRequestContent", "sku is a text, not an object" },
        { "PUT", One + Version, Body(location: "7"), 400, "InvalidRequestContent", "location is a number" },
        { "PUT", One + Version, Body(properties: "{}"), 400, "InvalidRequestContent", "properties.networkProfile is missing" },
        { "PUT", One + Version, Body(properties: "{\"networkProfile\":{}}"), 400, "InvalidRequestContent", "subnet.id is missing" },
        { "PUT", One + Version, Body(more: ",\"zones\":\"1\""), 400, "InvalidRequestContent", "zones is a text" },
        { "PUT", One + Version, Body(more: ",\"tags\":{\"a\":1}"), 400, "InvalidRequestContent", "tags.a is a number" },
        { "PUT", One + Version, Body(more: ",\"Location\":\"westeurope\""), 400, "InvalidRequestContent", "location is given 2 times" },
        { "PUT", One + Version, Body(more: ",\"tags\":{\"a\":\"\\ud800\"}"), 400, "InvalidRequestContent", "escape" },
        { "PUT", One + Version, Body(properties: Properties(interfaces: "[1]")), 400, "InvalidRequestContent", "networkInterfaces[0]" },
        { "PUT", One + Version, Body(properties: Properties(interfaces: "[{},{},{}]")), 400, "InvalidRequestContent", "there are 2" },
        { "PUT", One + Version, Body(location: "null"), 400, "LocationRequired", "location" },
        { "PUT", One + Version, Body(location: "\"mars\""), 400, "LocationNotAvailableForResourceType", "eastus, westeurope" },
        { "PUT", One + Version, Body(sku: "{\"name\":\"Standard_B1\"}"), 400, "InvalidSku", "payShield10K_LMK2_CPS2500" },
        { "PUT", One.Replace("no-such-hsm", "a_b", StringComparison.Ordinal) + Version, Body(), 400, "InvalidResourceName", "'a_b'" },
        { "PUT", One + Version, Body(properties: Properties(subnet: "snet")), 400, "InvalidSubnet", "'snet'" },
        { "PUT", One + Version, Body(properties: Properties(stamp: "\"stamp7\"")), 400, "InvalidStamp", "stamp1, stamp2" },
        { "PUT", One + Version, Body(properties: Properties(interfaces: "[{\"privateIpAddress\":\"fd00::1\"}]")), 400, "InvalidIpAddress", "IPv4" },
        { "PUT", One + Version, "{\"x\":\"" + new string('x', 70_000) + "\"}", 413, "RequestContentTooLarge", "65536" },
        { "PATCH", One + Version, "{\"properties\":{\"stampId\":\"stamp2\"}}", 400, "InvalidRequestContent", "only tags and sku" },
        { "PATCH", One + Version, "{\"tags\":[]}", 400, "InvalidRequestContent", "tags is a list" },
        { "PATCH", One + Version, "{'sku':{'name':'payShield10K_LMK1_CPS60'}}", 400, "InvalidRequestContent", "double quotes" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_HasItsStatusCodeAndEnvelope(string method, string path, string? body, int status, string code, string word)
    {
        var answer = await host.SendAsync(new HttpMethod(method), path, body);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Contains(word, answer.Message, StringComparison.Ordinal);
        IsEnvelope(answer);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Body_OfAnotherType_Is415(string type)
    {
        var answer = await host.SendAsync(HttpMethod.Put, One + Version, Body(), contentType: type);
        Assert.Equal((415, "UnsupportedMediaType"), (answer.Status, answer.Code));
        IsEnvelope(answer);
    }

    /// <summary>Never a redirect to a page, which a client would take for a success (trap 5); a browser's cookie is no key.</summary>
    [Theory]
    [InlineData("GET", One + Version)]
    [InlineData("PUT", One + Version)]
    [InlineData("GET", One)]
    [InlineData("GET", "/subscriptions/x/nothing")]
    [InlineData("POST", "/Providers/Microsoft.HardwareSecurityModules/operations")]
    public async Task Nobody_Is401WithWhereToGetAToken(string method, string path)
    {
        var signedIn = await host.SendAsync(HttpMethod.Get, "/dev/signin?as=engineer1", persona: null);
        var cookie = signedIn.Header("Set-Cookie")!.Split(';')[0];
        Assert.StartsWith("paymenthsm=", cookie, StringComparison.Ordinal);
        (string?, (string, string)[])[] nobodies =
        [
            (null, []), ("nobody", []), (null, [("Authorization", "Basic YTpi")]),
            .. path == One + Version ? new (string?, (string, string)[])[] { (null, [("Cookie", cookie)]) } : [],
        ];
        foreach (var (persona, headers) in nobodies)
        {
            var answer = await host.SendAsync(new HttpMethod(method), path, persona: persona, headers: headers);
            Assert.Equal((401, "InvalidAuthenticationToken"), (answer.Status, answer.Code));
            var challenge = AuthenticationHeaderValue.Parse(answer.Header("WWW-Authenticate")!);
            Assert.Equal("Bearer", challenge.Scheme);
            Assert.Contains("authorization_uri=\"http", challenge.Parameter, StringComparison.Ordinal);
            Assert.Contains("error=\"invalid_token\"", challenge.Parameter, StringComparison.Ordinal);
            IsEnvelope(answer);
        }
    }

    [Theory]
    [InlineData("PUT", "write")]
    [InlineData("PATCH", "write")]
    [InlineData("DELETE", "delete")]
    public async Task R7_OtherRoles_MayReadOnly_AndTheTryIsLogged(string method, string action)
    {
        foreach (var persona in new[] { "support1", "datacenter1", "auditor1" })
        {
            host.Refusals.Notes.Clear();
            var answer = await host.SendAsync(new HttpMethod(method), One + Version, Body(), persona);
            Assert.Equal((403, "AuthorizationFailed"), (answer.Status, answer.Code));
            Assert.Contains($"'Microsoft.HardwareSecurityModules/dedicatedHSMs/{action}' over scope '{One}'", answer.Message, StringComparison.Ordinal);
            IsEnvelope(answer);
            var note = Assert.Single(host.Refusals.Notes);
            Assert.Equal((persona, $"resource.{action}", "R7"), (note.Actor.Id, note.Action, note.RuleId));
            Assert.Equal(200, (await host.SendAsync(HttpMethod.Get, InSubscription + "/dedicatedHSMs" + Version, persona: persona)).Status);
        }
    }

    [Fact]
    public async Task BadWrite_IsLoggedWithItsRule()
    {
        host.Refusals.Notes.Clear();
        await host.SendAsync(HttpMethod.Put, One + Version, Body(sku: "{\"name\":\"big\"}"));
        var note = Assert.Single(host.Refusals.Notes);
        Assert.Equal(("automation1", "resource.write", "R15"), (note.Actor.Id, note.Action, note.RuleId));
    }

    [Theory]
    [InlineData(409, "InvalidResourceLocation")]
    [InlineData(409, "PropertyChangeNotAllowed")]
    [InlineData(409, "PrivateIPAddressInUse")]
    [InlineData(409, "AnotherOperationInProgress")]
    [InlineData(409, "DeviceNotReleased")]
    [InlineData(403, "SubscriptionNotApproved")]
    public async Task RefusalOfTheDesk_IsPassedOn(int status, string code)
    {
        host.Desk.Refuses = (status, code, "what and why");
        foreach (var (method, body) in new[] { ("PUT", Body()), ("DELETE", null) })
        {
            var answer = await host.SendAsync(new HttpMethod(method), One + Version, body);
            Assert.Equal((status, code, "what and why"), (answer.Status, answer.Code, answer.Message));
            IsEnvelope(answer);
        }

        host.Desk.Refuses = null;
    }

    [Fact]
    public async Task Bug_Is500WithoutItsWords()
    {
        host.Desk.Fails = true;
        var answer = await host.SendAsync(HttpMethod.Get, One + Version);
        host.Desk.Fails = false;
        Assert.Equal((500, "InternalServerError"), (answer.Status, answer.Code));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Contains(answer.Header("x-ms-request-id")!, answer.Message, StringComparison.Ordinal);
        IsEnvelope(answer);
    }

    [Fact]
    public async Task TooManyReads_Are429WithRetryAfter_WhileWritesGoOn()
    {
        var narrow = new ArmHost(new Portal.Settings.ArmSettings { ReadsPerMinute = 2 });
        await narrow.InitializeAsync();
        await using var disposed = narrow;
        var list = InSubscription + "/dedicatedHSMs" + Version;
        Assert.Equal("1", (await narrow.SendAsync(HttpMethod.Get, list)).Header("x-ms-ratelimit-remaining-subscription-reads"));
        List<ArmAnswer> answers = [];
        for (var i = 0; i < 20 && answers.LastOrDefault()?.Status != 429; i++)
        {
            answers.Add(await narrow.SendAsync(HttpMethod.Get, list));
        }

        Assert.Equal((429, "TooManyRequests"), (answers[^1].Status, answers[^1].Code));
        Assert.True(int.Parse(answers[^1].Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) >= 1);
        IsEnvelope(answers[^1]);
        Assert.Equal(204, (await narrow.SendAsync(HttpMethod.Delete, One + Version)).Status);
    }

    private static void IsEnvelope(ArmAnswer answer)
    {
        Assert.Equal("application/json", MediaTypeHeaderValue.Parse(answer.Header("Content-Type")!).MediaType);
        Assert.Null(answer.Header("Location"));
        Assert.True(Guid.TryParse(answer.Header("x-ms-request-id"), out _));
    }
}
