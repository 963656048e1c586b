using System.Net;
using System.Net.Sockets;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

public sealed class HealthPollTests
{
    [Fact]
    public async Task Poll_HealthyDevice_BringsAllTwelveReadings()
    {
        await using var bench = new OobBench();
        var poll = await bench.Link.PollAsync(OobBench.Stop);

        Assert.Equal((OobReach.Up, null, null), (poll.Reach, poll.Fault, poll.Detail));
        Assert.Equal(ReadingName.All.Order(), poll.Samples.Select(sample => sample.Name).Order());
        Assert.All(poll.Samples, sample => Assert.Null(sample.Problem));
        Assert.Equal(new Sample(ReadingName.PowerPsu1, ReadingValue.Of(230.5), "V", Health.Ok, null, "OOB"), OobBench.Of(poll, ReadingName.PowerPsu1));
        Assert.Equal(new Sample(ReadingName.TemperatureIntake, ReadingValue.Of(23.5), "Cel", Health.Ok, new Limits(40, 45), "OOB"), OobBench.Of(poll, ReadingName.TemperatureIntake));
        Assert.Equal(new Sample(ReadingName.Fan1, ReadingValue.Of(42), "%", Health.Ok, null, "OOB"), OobBench.Of(poll, ReadingName.Fan1));
        Assert.Equal("Normal", OobBench.Of(poll, ReadingName.Tamper).Value.Word);
        Assert.Equal("LinkUp", OobBench.Of(poll, ReadingName.LinkHost1).Value.Word);
        Assert.Equal(("Switch", "Enabled"), (OobBench.Of(poll, ReadingName.Upstream).Source, OobBench.Of(poll, ReadingName.Upstream).Value.Word));
        Assert.Equal(("Portal", "ms"), (OobBench.Of(poll, ReadingName.Oob).Source, OobBench.Of(poll, ReadingName.Oob).Unit));
        Assert.Equal((CommissionState.Commissioned, "alloc-7f3a", AdminAccess.Disabled), (poll.Commission!.State, poll.Commission.Allocation, poll.Commission.AdminAccess));
        Assert.Equal(("1500-0039", TimeSpan.FromSeconds(20)), (poll.Firmware, poll.ClockSkew));
    }

    [Fact]
    public async Task Poll_Again_LogsInOnceAndWalksTheTreeOnce()
    {
        await using var bench = new OobBench();
        await bench.Link.PollAsync(OobBench.Stop);
        var walked = bench.Peer.Count("GET", "/redfish/v1/EventService");
        await bench.Link.PollAsync(OobBench.Stop);

        Assert.Equal((1, 1), (walked, bench.Peer.Count("GET", "/redfish/v1/EventService")));
        Assert.Equal(1, bench.Peer.Count("POST", DeviceDocuments.Sessions));
        Assert.Equal(2, bench.Peer.Count("GET", DeviceDocuments.Fan1));
    }

    [Fact]
    public async Task D4_AfterACommissionReading_ThePollReadsTheFirmwareAgain()
    {
        await using var bench = new OobBench();
        const string Base = "/redfish/v1/UpdateService/FirmwareInventory/HsmBase";
        await bench.Link.PollAsync(OobBench.Stop);
        bench.Peer.Documents[Base] = """{"Version":"1500-0028"}""";
        Assert.Equal("1500-0039", (await bench.Link.PollAsync(OobBench.Stop)).Firmware);

        await bench.Link.ReadCommissionAsync(OobBench.Stop);

        Assert.Equal("1500-0028", (await bench.Link.PollAsync(OobBench.Stop)).Firmware);
        await bench.Link.PollAsync(OobBench.Stop);
        Assert.Equal(2, bench.Peer.Count("GET", Base));
    }

    [Fact]
    public async Task Poll_NothingListens_IsDownAfterOneConnectAndStillAsksTheSwitch()
    {
        await using var bench = new OobBench();
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var closed = new Uri($"https://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}");
        port.Stop();

        var poll = await bench.LinkTo(closed).PollAsync(OobBench.Stop);

        Assert.Equal((OobReach.Down, LinkFault.Unreachable), (poll.Reach, poll.Fault));
        Assert.Empty(bench.Time.Pauses);
        Assert.All(ReadingName.ThroughOob, name => Assert.NotNull(OobBench.Of(poll, name).Problem));
        Assert.Equal("Enabled", OobBench.Of(poll, ReadingName.Upstream).Value.Word);
    }

    [Fact]
    public async Task Poll_FiveTimesDown_RestsThirtySecondsThenProbes()
    {
        await using var bench = new OobBench();
        bench.Peer.Script = request => request.Path == "/redfish/v1/" ? PeerReply.Close() : null;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(OobReach.Down, (await bench.Link.PollAsync(OobBench.Stop)).Reach);
        }

        bench.Peer.Script = _ => null;
        var asked = bench.Peer.Count("GET", "/redfish/v1/");
        Assert.Equal(OobReach.Down, (await bench.Link.PollAsync(OobBench.Stop)).Reach);
        Assert.Equal(asked, bench.Peer.Count("GET", "/redfish/v1/"));

        bench.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(OobReach.Up, (await bench.Link.PollAsync(OobBench.Stop)).Reach);
    }

    [Theory]
    [InlineData(DeviceDocuments.IntakeTemp, """{"Reading":null}""", ReadingName.TemperatureIntake)]
    [InlineData(DeviceDocuments.IntakeTemp, """{"Reading":"hot"}""", ReadingName.TemperatureIntake)]
    [InlineData(DeviceDocuments.IntakeTemp, """{"Reading":1e999}""", ReadingName.TemperatureIntake)]
    [InlineData(DeviceDocuments.IntakeTemp, """{}""", ReadingName.TemperatureIntake)]
    [InlineData(DeviceDocuments.Fan1, """{"SpeedPercent":[42]}""", ReadingName.Fan1)]
    [InlineData(DeviceDocuments.Host1, """{"LinkStatus":"Flapping"}""", ReadingName.LinkHost1)]
    [InlineData(DeviceDocuments.Host1, """{"LinkStatus":"\ud800"}""", ReadingName.LinkHost1)]
    [InlineData(DeviceDocuments.Chassis, """{"PhysicalSecurity":{"IntrusionSensor":"Odd"}}""", ReadingName.Tamper)]
    public async Task Poll_OneBadMember_CostsOneReadingAndNoOther(string path, string document, string reading)
    {
        await using var bench = new OobBench();
        await bench.Link.PollAsync(OobBench.Stop);
        bench.Peer.Documents[path] = document;

        var poll = await bench.Link.PollAsync(OobBench.Stop);

        Assert.True(OobBench.Of(poll, reading).Value.IsNone);
        Assert.NotNull(OobBench.Of(poll, reading).Problem);
        Assert.All(poll.Samples.Where(sample => sample.Name != reading), sample => Assert.Null(sample.Problem));
        Assert.Equal(OobReach.Up, poll.Reach);
    }

    [Fact]
    public async Task Poll_LossOfInput_IsCriticalAtZeroVolts()
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[DeviceDocuments.Psu1] = """{"LineInputStatus":"LossOfInput","Status":{"Health":"OK"}}""";
        bench.Peer.Documents[DeviceDocuments.Chassis + "/Sensors/Psu1Input"] = """{"Reading":0}""";
        var supply = OobBench.Of(await bench.Link.PollAsync(OobBench.Stop), ReadingName.PowerPsu1);
        Assert.Equal((ReadingValue.Of(0), Health.Critical), (supply.Value, supply.Reported));
    }

    [Fact]
    public async Task R52_a_latched_tamper_shows_even_when_the_intrusion_sensor_is_quiet()
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[DeviceDocuments.System] = bench.Peer.Documents[DeviceDocuments.System].Replace("\"Latched\":false", "\"Latched\":true", StringComparison.Ordinal);
        var tamper = OobBench.Of(await bench.Link.PollAsync(OobBench.Stop), ReadingName.Tamper);
        Assert.Equal(("TamperingDetected", Health.Critical), (tamper.Value.Word, tamper.Reported));
    }

    [Fact]
    public async Task R52_an_unread_latch_is_not_shown_as_normal()
    {
        await using var bench = new OobBench();
        await bench.Link.PollAsync(OobBench.Stop);
        bench.Peer.Documents[DeviceDocuments.System] = bench.Peer.Documents[DeviceDocuments.System].Replace("\"Latched\":false", "\"Latched\":null", StringComparison.Ordinal);
        Assert.True(OobBench.Of(await bench.Link.PollAsync(OobBench.Stop), ReadingName.Tamper).Value.IsNone);
    }

    [Fact]
    public async Task R30_a_commission_state_that_is_not_known_is_unknown()
    {
        await using var bench = new OobBench();
        foreach (var word in new[] { "\"Flying\"", "\"1\"", "\"released\"", "null", "3" })
        {
            bench.Peer.Documents[DeviceDocuments.System] = DeviceDocuments.Healthy()[DeviceDocuments.System].Replace("\"Commissioned\"", word, StringComparison.Ordinal);
            Assert.Equal(CommissionState.Unknown, (await bench.Link.ReadCommissionAsync(OobBench.Stop)).State);
        }
    }
}
