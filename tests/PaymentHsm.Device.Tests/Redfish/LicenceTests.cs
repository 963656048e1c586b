using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>Licence, content and audit log: read as they are, never guessed.</summary>
public sealed class LicenceTests
{
    [Fact]
    public async Task R43_the_licence_is_read_with_its_features()
    {
        await using var bench = new OobBench();
        var licence = await bench.Link.ReadLicenceAsync(OobBench.Stop);
        Assert.Equal((250, 2), (licence.CallsPerSecond, licence.LmkCount));
        Assert.Equal(["Data Protection", "Hosted HSM"], licence.Features);
    }

    [Fact]
    public async Task R16_a_push_goes_out_as_the_operator_also_while_a_customer_has_the_device()
    {
        await using var bench = new OobBench();
        var operation = Guid.NewGuid();
        Assert.True((await bench.Link.PushLicenceAsync(operation, 2500, 2, OobBench.Stop)).Accepted);
        var post = Assert.Single(bench.Peer.Requests, request => request.Path == DeviceDocuments.SetLicence);
        Assert.Equal($$"""{"OperationId":"{{operation}}","CallsPerSecond":2500,"LmkCount":2}""", post.Body);
        Assert.Contains("oob-operator", bench.Peer.SessionUsers);

        bench.Peer.Script = request => request.Path == DeviceDocuments.SetLicence ? PeerReply.Error(409, "ResourceInUse") : null;
        Assert.Equal(new DeviceAnswer(false, "Refused (409 Base.ResourceInUse)."), await bench.Link.PushLicenceAsync(operation, 2500, 2, OobBench.Stop));
        bench.Peer.Script = request => request.Path == DeviceDocuments.SetLicence ? PeerReply.Close() : null;
        Assert.Equal(LinkFault.NoAnswer, (await Assert.ThrowsAnyAsync<LinkException>(() => bench.Link.PushLicenceAsync(operation, 2500, 2, OobBench.Stop))).Fault);
        bench.Peer.Script = request => request.Path == DeviceDocuments.SetLicence ? PeerReply.Json("{\"a\":") : null;
        Assert.Equal(LinkFault.NoAnswer, (await Assert.ThrowsAnyAsync<LinkException>(() => bench.Link.PushLicenceAsync(operation, 2500, 2, OobBench.Stop))).Fault);
        Assert.Equal(4, bench.Peer.Count("POST", DeviceDocuments.SetLicence));
        await bench.LeaksNothingAsync();
    }

    [Fact]
    public async Task R78_content_is_read_only_from_a_released_device_and_only_whole()
    {
        await using var bench = new OobBench();
        Assert.Equal(LinkFault.Unsupported, await FaultAsync(bench));

        Content(bench, """{"LmksLoaded":0,"Certificates":2,"LogEntries":7,"FactoryConfiguration":true}""");
        var content = await bench.Link.ReadContentAsync(OobBench.Stop);
        Assert.Equal((0, 2, 7L, true), (content.LmksLoaded, content.Certificates, content.LogEntries, content.FactoryConfiguration));

        foreach (var part in new[] { """{"LmksLoaded":0,"Certificates":2,"FactoryConfiguration":true}""", """{"LmksLoaded":-1,"Certificates":0,"LogEntries":0,"FactoryConfiguration":true}""", """{"LmksLoaded":0,"Certificates":0,"LogEntries":0,"FactoryConfiguration":"yes"}""" })
        {
            Content(bench, part);
            Assert.Equal(LinkFault.Protocol, await FaultAsync(bench));
        }
    }

    [Fact]
    public async Task Audit_OverSeveralPages_IsAscending_AndSaysWhenTheBeginningIsGone()
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[DeviceDocuments.Entries] = DeviceDocuments.Log([.. Enumerable.Range(1, 250).Select(id => DeviceDocuments.Entry(id, "LinkUp", 17))]);
        var all = await bench.Link.ReadAuditAsync(0, OobBench.Stop);
        Assert.Equal(Enumerable.Range(1, 250).Select(id => (long)id), all.Entries.Select(entry => entry.Id));
        Assert.False(all.HasGap);
        Assert.Equal([249L, 250L], (await bench.Link.ReadAuditAsync(248, OobBench.Stop)).Entries.Select(entry => entry.Id));

        bench.Peer.Documents[DeviceDocuments.Entries] = DeviceDocuments.Log(DeviceDocuments.Entry(300, "LinkUp", 17));
        Assert.True((await bench.Link.ReadAuditAsync(0, OobBench.Stop)).HasGap);
        Assert.True((await bench.Link.ReadAuditAsync(250, OobBench.Stop)).HasGap);
        Assert.False((await bench.Link.ReadAuditAsync(299, OobBench.Stop)).HasGap);
    }

    private static void Content(OobBench bench, string content) => bench.Peer.Documents[DeviceDocuments.System] =
        DeviceDocuments.Healthy()[DeviceDocuments.System].Replace("\"Content\":null", $"\"Content\":{content}", StringComparison.Ordinal);

    private static async Task<LinkFault> FaultAsync(OobBench bench) => (await Assert.ThrowsAnyAsync<LinkException>(() => bench.Link.ReadContentAsync(OobBench.Stop))).Fault;
}
