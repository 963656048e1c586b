using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator;

public sealed class HttpRulesTests
{
    [Theory]
    [InlineData("/redfish", HttpStatusCode.OK)]
    [InlineData("/redfish/v1", HttpStatusCode.OK)]
    [InlineData("/redfish/v1/", HttpStatusCode.OK)]
    [InlineData("/redfish/v1/odata", HttpStatusCode.OK)]
    [InlineData("/redfish/v1/$metadata", HttpStatusCode.OK)]
    [InlineData("/redfish/v1/Systems", HttpStatusCode.Unauthorized)]
    [InlineData("/redfish/v1/EventService/SSE", HttpStatusCode.Unauthorized)]
    [InlineData("/redfish/v1/nonsense", HttpStatusCode.Unauthorized)]
    [InlineData("/", HttpStatusCode.Unauthorized)]
    public async Task Get_Anonymous_OnlyPublicResources(string path, HttpStatusCode expected)
    {
        await using var fleet = await TestFleet.StartAsync();
        using var client = (await fleet.DeviceAsync()).Anonymous();

        using var answer = await client.GetAsync(path, TestFleet.Cancel);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("4.0", Assert.Single(answer.Headers.GetValues("OData-Version")));
        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.Equal(expected == HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Count > 0);
    }

    [Fact]
    public async Task Get_Resource_CarriesTheHeadersOfTheProfile()
    {
        await using var fleet = await TestFleet.StartAsync();
        using var client = (await fleet.DeviceAsync()).As("monitor");

        using var answer = await client.GetAsync("/redfish/v1/Systems/hsm", TestFleet.Cancel);

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.False(answer.Headers.ETag!.IsWeak);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
        Assert.Equal("<http://redfish.dmtf.org/schemas/v1/ComputerSystem.v1_27_0.json>; rel=describedby", Assert.Single(answer.Headers.GetValues("Link")));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/redfish/v1/Systems/hsm");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag);
        using var unchanged = await client.SendAsync(again, TestFleet.Cancel);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("OData-Version", "3.0", HttpStatusCode.PreconditionFailed)]
    [InlineData("Accept", "text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("Accept", "application/*", HttpStatusCode.OK)]
    public async Task Get_BadHeader_IsRefused(string header, string value, HttpStatusCode expected)
    {
        await using var fleet = await TestFleet.StartAsync();
        using var client = (await fleet.DeviceAsync()).As("monitor");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/redfish/v1/Systems/hsm");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await client.SendAsync(request, TestFleet.Cancel);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/redfish/v1/Systems/other", HttpStatusCode.NotFound, "ResourceMissingAtURI")]
    [InlineData("DELETE", "/redfish/v1/Systems/hsm", HttpStatusCode.MethodNotAllowed, "OperationNotAllowed")]
    [InlineData("GET", "/redfish/v1/Systems?$expand=.", HttpStatusCode.NotImplemented, "QueryParameterUnsupported")]
    [InlineData("GET", "/redfish/v1/Systems?$top=many", HttpStatusCode.BadRequest, "QueryParameterValueTypeError")]
    public async Task Send_WhatIsNotThere_AnswersWithAnEnvelope(string method, string path, HttpStatusCode expected, string key)
    {
        await using var fleet = await TestFleet.StartAsync();
        using var client = (await fleet.DeviceAsync()).As("operator");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await client.SendAsync(request, TestFleet.Cancel);

        Assert.Equal(expected, answer.StatusCode);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestFleet.Cancel))!["error"]!;
        Assert.Equal($"Base.1.19.{key}", (string?)error["code"]);
        Assert.Equal("#Message.v1_3_0.Message", (string?)error["@Message.ExtendedInfo"]![0]!["@odata.type"]);
        Assert.True(expected != HttpStatusCode.MethodNotAllowed || answer.Content.Headers.Allow.Count > 0, "405 without Allow");
    }

    [Theory]
    [InlineData("{\"ResetType\":", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("ResetType=GracefulRestart", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    public async Task Post_BadBody_IsRefusedAndDoesNothing(string body, string mediaType, HttpStatusCode expected)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("operator");

        using var answer = await client.PostAsync(TestDevice.Reset, new StringContent(body, Encoding.UTF8, mediaType), TestFleet.Cancel);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(["RestartCompleted"], await device.KeysAsync());
    }

    [Theory]
    [InlineData("monitor", TestDevice.Reset)]
    [InlineData("reclaim", TestDevice.Reset)]
    [InlineData("operator", TestDevice.HandOver)]
    [InlineData("operator", TestDevice.Reclaim)]
    [InlineData("admin", TestDevice.Reclaim)]
    public async Task Post_WrongRole_IsForbidden(string account, string path)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();

        using var answer = await device.PostAsync(account, path, """{"ResetType":"GracefulRestart"}""");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("InsufficientPrivilege", await answer.Content.ReadAsStringAsync(TestFleet.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_OpenedUsedAndEnded_LivesExactlyThatLong()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.Anonymous();

        using var opened = await LogInAsync(client, device.UserName("operator"), device.Password("operator"));

        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var token = Assert.Single(opened.Headers.GetValues("X-Auth-Token"));
        var session = opened.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, HttpMethod.Get, session, token));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(client, HttpMethod.Delete, session, token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, HttpMethod.Get, session, token));
    }

    [Fact]
    public void Session_IdleForTenMinutes_Ends()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var sessions = new Device.Simulator.Redfish.Sessions(time);
        var session = sessions.Open("oob-monitor", "ReadOnly");

        time.Advance(TimeSpan.FromSeconds(599));
        Assert.NotNull(sessions.Use(session.Token));
        time.Advance(TimeSpan.FromSeconds(599));
        Assert.NotNull(sessions.Use(session.Token));
        time.Advance(TimeSpan.FromSeconds(600));
        Assert.Null(sessions.Use(session.Token));
    }

    [Theory]
    [InlineData("oob-operator", "wrong")]
    [InlineData("nobody", "wrong")]
    public async Task Session_BadCredentials_Unauthorized(string userName, string password)
    {
        await using var fleet = await TestFleet.StartAsync();
        using var client = (await fleet.DeviceAsync()).Anonymous();

        using var answer = await LogInAsync(client, userName, password);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("ResourceAtUriUnauthorized", await answer.Content.ReadAsStringAsync(TestFleet.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_PatchWithStaleTag_PreconditionFailed()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("admin");
        using var read = await client.GetAsync("/redfish/v1/AccountService/Accounts/3", TestFleet.Cancel);
        var tag = read.Headers.ETag!;

        Assert.Equal(HttpStatusCode.OK, await PatchAsync(client, tag, """{"Enabled":false}"""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PatchAsync(client, tag, """{"Enabled":true}"""));

        using var monitor = device.As("monitor");
        using var refused = await monitor.GetAsync("/redfish/v1/Systems", TestFleet.Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static async Task<HttpStatusCode> PatchAsync(HttpClient client, EntityTagHeaderValue tag, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/redfish/v1/AccountService/Accounts/3") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.IfMatch.Add(tag);
        using var answer = await client.SendAsync(request, TestFleet.Cancel);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> LogInAsync(HttpClient client, string userName, string password) => client.PostAsync(
        "/redfish/v1/SessionService/Sessions",
        new StringContent($$"""{"UserName":"{{userName}}","Password":"{{password}}"}""", Encoding.UTF8, "application/json"),
        TestFleet.Cancel);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, HttpMethod method, string path, string token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Auth-Token", token);
        using var answer = await client.SendAsync(request, TestFleet.Cancel);
        return answer.StatusCode;
    }
}
