using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator;

public sealed class EventStreamTests
{
    private const string Path = "/redfish/v1/EventService/SSE";

    [Fact]
    public async Task Stream_TamperAndSensor_EachIsPushedAtOnce()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("monitor");
        using var reader = await OpenAsync(client);
        Assert.Single((await device.GetAsync("/redfish/v1/EventService/Subscriptions"))["Members"]!.AsArray());

        using var tampered = await device.ControlAsync("tamper");
        var (id, first) = await NextAsync(reader);
        using var hot = await device.ControlAsync("sensors/InternalTemp", """{"reading":65}""");
        var (_, second) = await NextAsync(reader);

        Assert.Equal("2", id);
        Assert.Equal("PaymentHsm.1.0.TamperDetected", (string?)first["MessageId"]);
        Assert.Equal($"{TestDevice.Entries}/2", (string?)first["LogEntry"]!["@odata.id"]);
        Assert.Equal("ResourceEvent.1.4.ResourceStatusChangedWarning", (string?)second["MessageId"]);
        Assert.Equal("/redfish/v1/Chassis/hsm/Sensors/InternalTemp", (string?)second["OriginOfCondition"]!["@odata.id"]);
    }

    [Fact]
    public async Task Stream_Closed_DestinationIsGone()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using (var client = device.As("monitor"))
        {
            using var reader = await OpenAsync(client);
        }

        await device.UntilAsync("/redfish/v1/EventService/Subscriptions", s => s["Members"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task Stream_PowerLost_Ends()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("monitor");
        using var reader = await OpenAsync(client);

        using var cycled = await device.ControlAsync("power-cycle");

        await EndsAsync(reader);
    }

    [Fact]
    public async Task SseDrop_OpenStream_IsCut()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("monitor");
        using var reader = await OpenAsync(client);

        await device.FaultAsync("""{"kind":"SseDrop"}""");

        await EndsAsync(reader);
    }

    [Fact]
    public async Task SseGarbage_Event_DataIsBroken()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("monitor");
        using var reader = await OpenAsync(client);
        await device.FaultAsync("""{"kind":"SseGarbage"}""");

        using var tampered = await device.ControlAsync("tamper");

        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => NextAsync(reader));
    }

    [Fact]
    public async Task SseSilent_Event_IsNotSent()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var client = device.As("monitor");
        using var reader = await OpenAsync(client);
        await device.FaultAsync("""{"kind":"SseSilent"}""");
        using var tampered = await device.ControlAsync("tamper");
        var next = NextAsync(reader);

        // The swallowed event was taken before this one: what arrives first is what came after the silence.
        await Eventually.TrueAsync(async () =>
        {
            await device.LiftFaultsAsync();
            return true;
        });
        using var cleared = await fleet.Control.DeleteAsync($"/devices/{device.Serial}/tamper", TestFleet.Cancel);

        Assert.Equal("PaymentHsm.1.0.TamperCleared", (string?)(await next).Event["MessageId"]);
    }

    private static async Task<StreamReader> OpenAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestFleet.Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestFleet.Cancel));
        Assert.StartsWith(":", await reader.ReadLineAsync(TestFleet.Cancel), StringComparison.Ordinal);
        return reader;
    }

    private static async Task<(string Id, JsonNode Event)> NextAsync(StreamReader reader)
    {
        var id = "";
        while (await reader.ReadLineAsync(TestFleet.Cancel) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (id, JsonNode.Parse(line[6..])!["Events"]![0]!);
            }
        }

        throw new EndOfStreamException();
    }

    private static async Task EndsAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync(TestFleet.Cancel) is not null)
            {
                // Whatever was under way may still arrive.
            }
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException)
        {
            // Cut, not ended: just as good.
        }
    }
}
