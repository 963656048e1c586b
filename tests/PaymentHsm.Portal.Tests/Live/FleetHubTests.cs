using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Tests.Live;

/// <summary>The hub with a real SignalR client over a real socket.</summary>
public sealed class FleetHubTests(RunningPortal running)
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private HubConnection Connect(string? token) =>
        new HubConnectionBuilder().WithUrl(new Uri(running.Portal.Address, "/hubs/fleet"), o => o.AccessTokenProvider = () => Task.FromResult(token)).Build();

    [Theory]
    [InlineData(null)]
    [InlineData("dev-nobody")]
    public async Task Nobody_IsNotLetIn(string? token)
    {
        await using var hub = Connect(token);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync(Stop));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Subscribe_GivesTheWholePicture_ThenAFaultAtTheDeviceIsPushed()
    {
        await using var hub = Connect("dev-auditor1");
        var pushed = Channel.CreateUnbounded<JsonElement>();
        hub.On<JsonElement>("TilesChanged", tiles => pushed.Writer.TryWrite(tiles.Clone()));
        await hub.StartAsync(Stop);
        var picture = await hub.InvokeAsync<JsonElement>("Subscribe", Stop);
        var tiles = picture.GetProperty("tiles").EnumerateArray().ToList();
        Assert.Equal(24, tiles.Count);
        Assert.All(tiles, t => Assert.Equal(ReadingName.All.Order(), t.GetProperty("readings").EnumerateObject().Select(r => r.Name).Order()));

        var serial = await running.SerialAsync("Available", 5);
        await running.Simulator.PostAsync($"/devices/{serial}/tamper", null, Stop);
        await foreach (var batch in pushed.Reader.ReadAllAsync(Stop))
        {
            if (batch.EnumerateArray().Any(t => t.GetProperty("serial").GetString() == serial && t.GetProperty("health").GetString() == "critical"))
            {
                return;
            }
        }
    }
}
