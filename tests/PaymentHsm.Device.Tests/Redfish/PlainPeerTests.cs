using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>Peers without our extension and without the newer resources (OOB-PROFILE 4, fallbacks).</summary>
public sealed class PlainPeerTests
{
    [Fact]
    public async Task Poll_OldResourcesOnly_ReadsThermalPowerAndPorts()
    {
        await using var bench = new OobBench();
        var documents = bench.Peer.Documents;
        documents[DeviceDocuments.System] = $$"""
            {"SerialNumber":"{{DeviceDocuments.Serial}}","PowerState":"On","Status":{"State":"Enabled"},"Links":{"Chassis":[{"@odata.id":"{{DeviceDocuments.Chassis}}"}]} }
            """;
        documents[DeviceDocuments.Chassis] = $$"""
            {"PhysicalSecurity":{"IntrusionSensor":"Normal"},"Thermal":{"@odata.id":"/redfish/v1/t"},"Power":{"@odata.id":"/redfish/v1/p"},"NetworkAdapters":{"@odata.id":"/redfish/v1/n"} }
            """;
        documents["/redfish/v1/Managers"] = """{"Members":[]}""";
        documents["/redfish/v1/t"] = """{"Temperatures":[{"PhysicalContext":"CPU","ReadingCelsius":41},{"PhysicalContext":"Intake","ReadingCelsius":22}],"Fans":[{"Reading":5000,"ReadingUnits":"RPM"},{"Reading":40,"ReadingUnits":"Percent"}]}""";
        documents["/redfish/v1/p"] = """{"PowerSupplies":[{"LineInputVoltage":229,"Status":{"Health":"OK"}},{"LineInputVoltage":null}]}""";
        documents["/redfish/v1/n"] = """{"Members":[{"@odata.id":"/redfish/v1/n/1"}]}""";
        documents["/redfish/v1/n/1"] = """{"Ports":{"@odata.id":"/redfish/v1/n/1/Ports"}}""";
        documents["/redfish/v1/n/1/Ports"] = """{"Members":[{"@odata.id":"/redfish/v1/n/1/Ports/HOST1"}]}""";
        documents["/redfish/v1/n/1/Ports/HOST1"] = """{"LinkStatus":"LinkDown"}""";

        var poll = await bench.Link.PollAsync(OobBench.Stop);

        Assert.Null(poll.Commission);
        Assert.Equal(OobReach.Up, poll.Reach);
        Assert.Equal((22, 41), (OobBench.Of(poll, ReadingName.TemperatureIntake).Value.Number, OobBench.Of(poll, ReadingName.TemperatureInternal).Value.Number));
        Assert.Equal((5000, "RPM"), (OobBench.Of(poll, ReadingName.Fan1).Value.Number, OobBench.Of(poll, ReadingName.Fan1).Unit));
        Assert.Equal((40, "%"), (OobBench.Of(poll, ReadingName.Fan2).Value.Number, OobBench.Of(poll, ReadingName.Fan2).Unit));
        Assert.Equal(229, OobBench.Of(poll, ReadingName.PowerPsu1).Value.Number);
        Assert.NotNull(OobBench.Of(poll, ReadingName.PowerPsu2).Problem);
        Assert.Equal("LinkDown", OobBench.Of(poll, ReadingName.LinkHost1).Value.Word);
        Assert.NotNull(OobBench.Of(poll, ReadingName.LinkMgmt).Problem);
        Assert.Equal("Normal", OobBench.Of(poll, ReadingName.Tamper).Value.Word);
        Assert.Equal(LinkFault.Unsupported, (await Assert.ThrowsAnyAsync<LinkException>(() => bench.Link.ReadCommissionAsync(OobBench.Stop))).Fault);
    }

    [Fact]
    public async Task EverythingThatNeedsTheExtension_IsRefusedWithTheReason()
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[DeviceDocuments.System] = $$"""
            {"SerialNumber":"{{DeviceDocuments.Serial}}","PowerState":"On","Status":{"State":"Enabled"},
             "Actions":{"#ComputerSystem.Reset":{"target":"{{DeviceDocuments.Reset}}"} } }
            """;
        var link = bench.Link;
        var id = Guid.NewGuid();
        Func<Task>[] acts =
        [
            () => link.ReadCommissionAsync(OobBench.Stop),
            () => link.ReadLicenceAsync(OobBench.Stop),
            () => link.ReadContentAsync(OobBench.Stop),
            () => link.ReadAuditAsync(0, OobBench.Stop),
            () => link.FindOperationAsync(id, OobBench.Stop),
            () => link.PushLicenceAsync(id, 60, 1, OobBench.Stop),
            () => link.HandOverAsync(bench.Access(), id, "alloc-1", OobBench.Stop),
            () => link.RemoveCertificatesAsync(bench.Access(), id, OobBench.Stop),
            () => link.InstallFirmwareAsync(bench.Access(), id, new Uri("https://images.example/payshield-2.2b.bin"), OobBench.Stop),
        ];
        foreach (var act in acts)
        {
            var refused = await Assert.ThrowsAnyAsync<LinkException>(act);
            Assert.Equal((LinkFault.Unsupported, false), (refused.Fault, refused.IsTransient));
            Assert.NotEmpty(refused.Message);
        }

        Assert.Equal(AdministratorLoginOutcome.NotTried, (await link.RenewAdministratorAsync(bench.Access(), OobBench.Stop)).Outcome);
        var sent = await link.SendReclaimAsync(TestAuthority.For(DeviceDocuments.Serial, "alloc-7f3a", id), OobBench.Stop);
        Assert.Equal(ReclaimDelivery.Refused, sent.Delivery);
        Assert.Contains("extension", sent.Answer, StringComparison.Ordinal);

        // What needs no extension goes on: a restart, observed and not verified.
        var marks = await link.ReadRestartMarksAsync(OobBench.Stop);
        Assert.False(marks.HasAuditLog);
        Assert.Equal(RestartDelivery.Accepted, (await link.SendRestartAsync(id, OobBench.Stop)).Delivery);
        Assert.Equal(["GET", "POST", "DELETE"], bench.Peer.Requests.Select(request => request.Method).Distinct());
        Assert.Equal(0, bench.Peer.Requests.Count(request => request.Method == "POST" && request.Path is not (DeviceDocuments.Sessions or DeviceDocuments.Reset)));
        await bench.LeaksNothingAsync();
    }
}
