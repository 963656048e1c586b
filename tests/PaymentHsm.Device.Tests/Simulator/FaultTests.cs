using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator;

/// <summary>Each kind of OOB-PROFILE 11 does on the wire what its name says.</summary>
public sealed class FaultTests
{
    private const string Monitor = "/redfish/v1/Systems/hsm";

    [Theory]
    [InlineData("""{"kind":"Status401","count":1}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"kind":"Status403","count":1}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"kind":"Status500","count":1}""", HttpStatusCode.InternalServerError)]
    [InlineData("""{"kind":"Status500","count":1,"html":true}""", HttpStatusCode.InternalServerError)]
    [InlineData("""{"kind":"Status503","count":1,"retryAfter":"86400"}""", HttpStatusCode.ServiceUnavailable)]
    [InlineData("""{"kind":"Redirect","count":1,"status":308}""", HttpStatusCode.PermanentRedirect)]
    public async Task StatusKinds_OneRequest_ThenSoundAgain(string fault, HttpStatusCode expected)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("monitor");
        await device.FaultAsync(fault);

        using var met = await client.GetAsync(Monitor, TestFleet.Cancel);
        using var after = await client.GetAsync(Monitor, TestFleet.Cancel);

        Assert.Equal((expected, HttpStatusCode.OK), (met.StatusCode, after.StatusCode));
        if (expected == HttpStatusCode.ServiceUnavailable)
        {
            Assert.Equal(TimeSpan.FromSeconds(86400), met.Headers.RetryAfter!.Delta);
        }
    }

    [Fact]
    public async Task Match_OtherRequest_IsLeftAlone()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync("""{"match":{"method":"POST","pathPrefix":"/redfish/v1/Systems/hsm/Actions/"},"kind":"Status500","count":1}""");

        using var client = device.As("monitor");
        using var read = await client.GetAsync(Monitor, TestFleet.Cancel);
        using var met = await device.RestartAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (read.StatusCode, met.StatusCode));
        Assert.Equal(["RestartCompleted"], await device.KeysAsync());
    }

    [Theory]
    [InlineData("CloseBeforeEffect", false)]
    [InlineData("CloseAfterEffect", true)]
    public async Task CloseKinds_Reset_CutBeforeOrAfterTheWork(string kind, bool effect)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync($$"""{"match":{"method":"POST"},"kind":"{{kind}}","count":1}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => device.RestartAsync(Guid.NewGuid()));

        Assert.Equal(effect, (await device.KeysAsync()).Contains("RestartRequested"));
    }

    [Theory]
    [InlineData("HangBeforeEffect", false)]
    [InlineData("HangAfterEffect", true)]
    public async Task HangKinds_Reset_NoAnswerEver(string kind, bool effect)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync($$"""{"match":{"method":"POST"},"kind":"{{kind}}","count":1}""");
        using var client = device.As("operator");
        client.Timeout = TimeSpan.FromSeconds(1);

        await Assert.ThrowsAsync<TaskCanceledException>(() =>
            client.PostAsync(TestDevice.Reset, new StringContent("""{"ResetType":"GracefulRestart"}""", Encoding.UTF8, "application/json"), TestFleet.Cancel));

        Assert.Equal(effect, (await device.KeysAsync()).Contains("RestartRequested"));
    }

    [Theory]
    [InlineData("""{"kind":"HangAfterHeaders","count":1}""")]
    [InlineData("""{"kind":"SlowBody","count":1,"bytesPerSecond":1}""")]
    public async Task BodyStallers_HeadersCome_TheBodyDoesNot(string fault)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("monitor");
        await device.FaultAsync(fault);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestFleet.Cancel);

        using var answer = await client.GetAsync(Monitor, HttpCompletionOption.ResponseHeadersRead, TestFleet.Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Content.Headers.ContentLength > 500);
        limit.CancelAfter(TimeSpan.FromMilliseconds(700));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.Content.ReadAsStringAsync(limit.Token));
    }

    [Fact]
    public async Task TruncatedBody_Read_EndsEarly()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("monitor");
        await device.FaultAsync("""{"kind":"TruncatedBody","count":1}""");

        using var answer = await client.GetAsync(Monitor, HttpCompletionOption.ResponseHeadersRead, TestFleet.Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(TestFleet.Cancel));
    }

    [Fact]
    public async Task MalformedJson_Read_CannotBeParsed()
    {
        var (answer, text) = await ReadAsync("""{"kind":"MalformedJson","count":1}""");

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(text));
    }

    [Fact]
    public async Task WrongContentType_Read_IsHtml()
    {
        var (answer, text) = await ReadAsync("""{"kind":"WrongContentType","count":1}""");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.StartsWith("<html>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyBody200_Read_IsEmpty() => Assert.Empty((await ReadAsync("""{"kind":"EmptyBody200","count":1}""")).Text);

    [Fact]
    public async Task OversizeBody_Read_IsOverFourMebibytes() => Assert.True((await ReadAsync("""{"kind":"OversizeBody","count":1}""")).Text.Length > 4 << 20);

    [Fact]
    public async Task DeepJson_Read_IsDeeperThanSixtyFour()
    {
        var (_, text) = await ReadAsync("""{"kind":"DeepJson","count":1}""");

        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(text));
    }

    [Fact]
    public async Task IdentitySwap_Root_HasAnotherUuid()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync("""{"kind":"IdentitySwap"}""");

        Assert.NotEqual((string?)device.Description["serviceUuid"], (string?)(await device.GetAsync("/redfish/v1/"))["UUID"]);
        Assert.NotEqual(device.Serial, (string?)(await device.GetAsync(Monitor))["SerialNumber"]);
    }

    [Fact]
    public async Task OffOriginLink_Members_PointElsewhere() => Assert.Contains(
        "https://attacker.invalid/redfish/v1/", (await ReadAsync("""{"kind":"OffOriginLink","count":1}""")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task ClockSkew_ManagerTime_IsHoursAway()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync("""{"kind":"ClockSkew","hours":-5}""");

        var time = DateTimeOffset.Parse((string)(await device.GetAsync("/redfish/v1/Managers/oob"))["DateTime"]!, System.Globalization.CultureInfo.InvariantCulture);

        Assert.InRange(TimeProvider.System.GetUtcNow() - time, TimeSpan.FromHours(4.9), TimeSpan.FromHours(5.1));
    }

    [Fact]
    public async Task EnumUnknown_Port_LinkStatusIsNoKnownWord()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync("""{"kind":"EnumUnknown"}""");

        Assert.Equal("Flapping", (string?)(await device.GetAsync("/redfish/v1/Systems/hsm/EthernetInterfaces/HOST1"))["LinkStatus"]);
    }

    [Theory]
    [InlineData("NullReading", true)]
    [InlineData("MissingMember", false)]
    public async Task ReadingKinds_Sensor_NullOrAbsent(string kind, bool present)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync($$"""{"kind":"{{kind}}","member":"Reading"}""");

        var sensor = await device.GetAsync("/redfish/v1/Chassis/hsm/Sensors/Fan1");

        Assert.Equal(present, sensor.ContainsKey("Reading"));
        Assert.Null(sensor["Reading"]);
    }

    [Fact]
    public async Task NoLocation202_Reset_AcceptedWithoutMonitor()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync("""{"match":{"method":"POST"},"kind":"NoLocation202","count":1}""");

        using var answer = await device.RestartAsync(Guid.NewGuid());

        Assert.Equal((HttpStatusCode.Accepted, null), (answer.StatusCode, answer.Headers.Location));
        await device.UntilEntryAsync("RestartRequested");
    }

    [Fact]
    public async Task TaskLost_Monitor_NotFound()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var accepted = await device.RestartAsync(Guid.NewGuid());
        await device.FaultAsync("""{"kind":"TaskLost"}""");
        using var client = device.As("monitor");

        using var answer = await client.GetAsync(accepted.Headers.Location, TestFleet.Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task TaskStuck_Restart_GoesOnWhenLifted()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync("""{"kind":"TaskStuck"}""");
        using var accepted = await device.RestartAsync(Guid.NewGuid());
        Assert.Equal("Running", (string?)(await device.GetAsync("/redfish/v1/TaskService/Tasks/1"))["TaskState"]);

        await device.LiftFaultsAsync();

        await device.UntilAsync("/redfish/v1/TaskService/Tasks/1", t => (string?)t["TaskState"] == "Completed");
    }

    [Fact]
    public async Task LogGap_Entries_OlderOnesAreGone()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync("""{"kind":"LogGap"}""");

        Assert.Empty(await device.KeysAsync());
        Assert.True((bool)(await device.GetAsync("/redfish/v1/Systems/hsm/LogServices/ServiceAudit"))["Overflow"]!);
        using var moved = await device.ControlAsync("links/HOST1", """{"up":false}""");
        Assert.Equal(["LinkDown"], await device.KeysAsync());
    }

    [Theory]
    [InlineData("TlsUntrusted")]
    [InlineData("TlsExpired")]
    [InlineData("TlsWrongName")]
    [InlineData("TlsOldVersion")]
    public async Task TlsKinds_Connect_TrustFailsAndReturns(string kind)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync($$"""{"kind":"{{kind}}"}""");

        var problem = await Assert.ThrowsAsync<HttpRequestException>(() => device.GetAsync(Monitor));

        Assert.True(problem.InnerException is AuthenticationException or IOException, problem.ToString());
        await device.LiftFaultsAsync();
        await device.GetAsync(Monitor);
    }

    [Fact]
    public async Task Refuse_Connect_RefusedUntilLifted()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync("""{"kind":"Refuse"}""");

        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await device.GetAsync(Monitor);
                return false;
            }
            catch (HttpRequestException problem)
            {
                return problem.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            }
        });

        await device.LiftFaultsAsync();
        await device.UntilAsync(Monitor, _ => true);
    }

    [Fact]
    public async Task Blackhole_Connect_HangsUntilLifted()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.FaultAsync("""{"kind":"Blackhole"}""");

        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await device.GetAsync(Monitor);
                return false;
            }
            catch (TaskCanceledException problem)
            {
                // HttpClient tells a connect time-out this way.
                return problem.InnerException is TimeoutException;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });

        await device.LiftFaultsAsync();
        await device.UntilAsync(Monitor, _ => true);
    }

    [Theory]
    [InlineData("""{"kind":"NoSuchKind"}""")]
    [InlineData("""{"count":1}""")]
    [InlineData("not json")]
    public async Task Inject_BadBody_IsAProblem(string body)
    {
        await using var fleet = await TestFleet.StartAsync();

        using var answer = await (await fleet.DeviceAsync()).ControlAsync("faults", body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    private static async Task<(HttpResponseMessage Answer, string Text)> ReadAsync(string fault)
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("monitor");
        await device.FaultAsync(fault);
        var answer = await client.GetAsync(Monitor, TestFleet.Cancel);
        return (answer, await answer.Content.ReadAsStringAsync(TestFleet.Cancel));
    }
}
