using System.Text.Json;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Tests.Api.Arm;

/// <summary>Shapes, versions, paging and the long-running protocol: what clients depend on without saying so.</summary>
public sealed class ArmResourceTests(ArmHost host) : IClassFixture<ArmHost>
{
    private const string Version = "?api-version=2021-11-30";
    private const string Network = "/subscriptions/0d7f9a52-5b1e-4c7a-9e0b-6f1d2c3b4a59/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks";

    private readonly Guid _subscription = Guid.NewGuid();

    private ResourceId Id(string name = "phsm-1", string group = "Rg-Pay") => new(_subscription, group, name);

    private static object Body(string? sku = null) => new
    {
        location = "East US",
        sku = new { name = sku ?? "payShield10K_LMK2_CPS250" },
        tags = new Dictionary<string, string> { ["CostCentre"] = "4711" },
        properties = new
        {
            stampId = "stamp1",
            networkProfile = new { subnet = new { id = Network + "/pay/subnets/hsm" }, networkInterfaces = new[] { new { privateIpAddress = "10.44.0.5" } } },
            managementNetworkProfile = new { subnet = new { resourceId = Network + "/mgmt/subnets/hsm" }, networkInterfaces = new[] { new { privateIpAddress = "10.45.0.5" } } },
        },
    };

    private Task<ArmAnswer> PutAsync(ResourceId id, object? body = null, string version = Version) => host.SendAsync(HttpMethod.Put, id + version, body ?? Body());

    private async Task<ResourceId> SucceededAsync(string name = "phsm-1")
    {
        await PutAsync(Id(name));
        host.Desk.Change(Id(name), r => r with { State = ResourceState.Succeeded, StatusMessage = "Ready for use." });
        return Id(name);
    }

    /// <summary>A Location or Azure-AsyncOperation would make the client poll that instead of the resource's state (trap 2).</summary>
    [Fact]
    public async Task Put_Is201WhenNewAnd200After_WithTheResourceAndNothingToPoll()
    {
        var first = await PutAsync(Id());
        var again = await PutAsync(Id("PHSM-1", "RG-PAY"));
        Assert.Equal((201, 200), (first.Status, again.Status));
        Assert.All(new[] { first, again }, a => Assert.DoesNotContain(a.Headers.Keys, k => k.ToUpperInvariant() is "LOCATION" or "AZURE-ASYNCOPERATION" or "OPERATION-LOCATION" or "RETRY-AFTER"));
        var resource = first.Json;
        Assert.Equal(Id().ToString(), resource.GetProperty("id").GetString());
        Assert.Equal(("phsm-1", "Microsoft.HardwareSecurityModules/dedicatedHSMs", "eastus"), (Text(resource, "name"), Text(resource, "type"), Text(resource, "location")));
        var properties = resource.GetProperty("properties");
        Assert.Equal(("CheckingQuota", "stamp1"), (Text(properties, "provisioningState"), Text(properties, "stampId")));

        // The interfaces do not exist yet: what was asked for, without ids.
        var nic = Assert.Single(properties.GetProperty("networkProfile").GetProperty("networkInterfaces").EnumerateArray());
        Assert.Equal("10.44.0.5", Text(nic, "privateIpAddress"));
        Assert.False(nic.TryGetProperty("id", out _));
        Assert.False(resource.TryGetProperty("error", out _));
        Assert.Equal("2026-11-23T14:05:31.000Z", Text(resource.GetProperty("systemData"), "createdAt"));
        Assert.Equal("Application", Text(resource.GetProperty("systemData"), "createdByType"));
    }

    [Fact]
    public async Task Get_OfASucceededOne_HasAllInterfacesWithIds()
    {
        var resource = (await host.SendAsync(HttpMethod.Get, await SucceededAsync() + Version)).Json;
        var properties = resource.GetProperty("properties");
        var hosts = properties.GetProperty("networkProfile").GetProperty("networkInterfaces").EnumerateArray().ToList();
        Assert.Equal(["phsm-1_HSMHost1Nic", "phsm-1_HSMHost2Nic"], hosts.Select(n => Text(n, "id")!.Split('/')[^1]));
        Assert.Equal("10.44.0.5", Text(hosts[0], "privateIpAddress"));
        Assert.False(hosts[1].TryGetProperty("privateIpAddress", out _));
        Assert.EndsWith("/networkInterfaces/phsm-1_HSMMgmtNic", Text(properties.GetProperty("managementNetworkProfile").GetProperty("networkInterfaces")[0], "id"), StringComparison.Ordinal);
    }

    /// <summary>Clients that poll the resource read the reason at the top and nowhere else.</summary>
    [Fact]
    public async Task Get_OfAFailedOne_CarriesTheErrorAtTheTop()
    {
        await PutAsync(Id());
        host.Desk.Change(Id(), r => r with { State = ResourceState.Failed, Fault = new ResourceFault("QuotaExceeded", "2 of 2 used in eastus/stamp1.") });
        var answer = await host.SendAsync(HttpMethod.Get, Id() + Version);
        Assert.Equal((200, "QuotaExceeded", "Failed"), (answer.Status, answer.Code, Text(answer.Json.GetProperty("properties"), "provisioningState")));
    }

    [Theory]
    [InlineData("2018-10-31-preview", false, false)]
    [InlineData("2018-10-31", false, false)]
    [InlineData("2021-11-30", true, false)]
    [InlineData("2024-06-30-preview", true, true)]
    [InlineData("2024-06-30", true, true)]
    [InlineData("2025-03-31", true, true)]
    public async Task Versions_DifferInWhatTheyShow(string version, bool management, bool resourceId)
    {
        var resource = (await host.SendAsync(HttpMethod.Get, $"{await SucceededAsync()}?API-VERSION={version}")).Json;
        var properties = resource.GetProperty("properties");
        Assert.Equal(management, properties.TryGetProperty("managementNetworkProfile", out _));
        Assert.Equal(management, resource.TryGetProperty("systemData", out _));
        var network = properties.GetProperty("networkProfile");
        foreach (var named in new[] { network.GetProperty("subnet"), network.GetProperty("networkInterfaces")[0] })
        {
            Assert.Equal(resourceId, named.TryGetProperty("resourceId", out var second));
            Assert.True(!resourceId || second.GetString() == Text(named, "id"));
        }
    }

    /// <summary>A client of an old version does not know the management network and must not be taken to remove it.</summary>
    [Fact]
    public async Task Put_OfAnOldVersion_KeepsTheManagementNetwork()
    {
        await SucceededAsync();
        var body = JsonSerializer.SerializeToNode(Body())!;
        body["properties"]!.AsObject().Remove("managementNetworkProfile");
        Assert.Equal(200, (await PutAsync(Id(), body.ToJsonString(), "?api-version=2018-10-31")).Status);
        Assert.True((await host.SendAsync(HttpMethod.Get, Id() + Version)).Json.GetProperty("properties").TryGetProperty("managementNetworkProfile", out _));
    }

    /// <summary>The service's own template spells two names in its own way (trap 9); fixed words of addresses come in any case.</summary>
    [Fact]
    public async Task NamesAndAddresses_InAnyCase_AreUnderstood()
    {
        var path = $"/SUBSCRIPTIONS/{_subscription}/resourcegroups/rg-pay/Providers/microsoft.hardwaresecuritymodules/dedicatedhsms/phsm-1";
        var body = $$"""
            { "Location": "EastUS", "SKU": { "Name": "payshield10k_lmk1_cps60" }, "Properties": { "StampID": "Stamp2",
              "NetworkProfile": { "Subnet": { "ID": "{{Network}}/pay/subnets/hsm" }, "NetworkInterfaces": [ { "privateIpaddress": "10.0.0.5" }, { "privateIpAddress": null } ] },
              "provisioningState": "Succeeded", "statusMessage": "passed over", "invented": 1 } }
            """;
        Assert.Equal(201, (await host.SendAsync(HttpMethod.Put, path + "?Api-Version=2021-11-30", body)).Status);
        var properties = (await host.SendAsync(HttpMethod.Get, Id() + Version)).Json.GetProperty("properties");
        Assert.Equal(("stamp2", "CheckingQuota"), (Text(properties, "stampId"), Text(properties, "provisioningState")));
        Assert.Equal("10.0.0.5", Text(properties.GetProperty("networkProfile").GetProperty("networkInterfaces")[0], "privateIpAddress"));
    }

    [Fact]
    public async Task Patch_ReplacesTagsAndSku_AtOnce()
    {
        var id = await SucceededAsync();
        var tagged = await host.SendAsync(HttpMethod.Patch, id + Version, new { tags = new { owner = "payments" } });
        Assert.Equal((200, "payments", false), (tagged.Status, Text(tagged.Json.GetProperty("tags"), "owner"), tagged.Json.GetProperty("tags").TryGetProperty("CostCentre", out _)));
        var faster = await host.SendAsync(HttpMethod.Patch, id + Version, new { sku = new { name = "payShield10K_LMK2_CPS2500" } });
        Assert.Equal((200, "payShield10K_LMK2_CPS2500", "payments"), (faster.Status, Text(faster.Json.GetProperty("sku"), "name"), Text(faster.Json.GetProperty("tags"), "owner")));
        var wrong = await host.SendAsync(HttpMethod.Patch, id + Version, new { sku = new { name = "payShield10K_LMK2_CPS9" } });
        Assert.Equal((400, "InvalidSku"), (wrong.Status, wrong.Code));
        Assert.DoesNotContain(faster.Headers.Keys, k => k is "Location" or "Azure-AsyncOperation");
    }

    [Fact]
    public async Task Delete_Is202WithAnAddressToAsk_Until204()
    {
        var id = await SucceededAsync();
        var begun = await host.SendAsync(HttpMethod.Delete, id + Version, headers: [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "portal.example.test"), ("X-Forwarded-Prefix", "/hsm")]);
        Assert.Equal((202, "", "5"), (begun.Status, begun.Text, begun.Header("Retry-After")));
        var location = new Uri(begun.Header("Location")!);
        Assert.StartsWith($"https://portal.example.test/hsm/subscriptions/{_subscription}/providers/Microsoft.HardwareSecurityModules/locations/eastus/operationResults/", location.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(Version, location.Query);

        var inside = location.PathAndQuery["/hsm".Length..];
        var running = await host.SendAsync(HttpMethod.Get, inside);
        Assert.Equal((202, "", "5"), (running.Status, running.Text, running.Header("Retry-After")));
        Assert.EndsWith(inside, running.Header("Location"), StringComparison.Ordinal);

        // Another subscription's address does not show it.
        Assert.Equal(404, (await host.SendAsync(HttpMethod.Get, inside.Replace(_subscription.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal))).Status);

        // The check behind the 202 said no: the caller is told, and how to go on.
        host.Desk.Change(id, r => r with { State = ResourceState.Succeeded, StatusMessage = "Not released." });
        var back = await host.SendAsync(HttpMethod.Get, inside);
        Assert.Equal((409, "DeviceNotReleased"), (back.Status, back.Code));
        Assert.Contains("Release it in payShield Manager", back.Message, StringComparison.Ordinal);

        host.Desk.Change(id, _ => null);
        var gone = await host.SendAsync(HttpMethod.Get, inside);
        Assert.Equal((204, ""), (gone.Status, gone.Text));
        Assert.Null(gone.Header("Location"));
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, id + Version)).Status);

        // A new one of the same name is not the one that was deleted.
        await PutAsync(id);
        host.Desk.Change(id, r => r with { Created = r.Created with { At = r.Created.At.AddSeconds(1) } });
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Get, inside)).Status);
    }

    [Fact]
    public async Task Lists_ShowEachOnceInStableOrder_PageByPage()
    {
        foreach (var name in new[] { "phsm-3", "phsm-1", "phsm-5", "phsm-2", "phsm-4" })
        {
            await PutAsync(Id(name));
        }

        await PutAsync(Id("phsm-9", "other"));
        List<string> seen = [];
        var next = $"/subscriptions/{_subscription}/resourcegroups/RG-PAY/providers/Microsoft.HardwareSecurityModules/dedicatedHSMs{Version}&$top=2";
        var pages = 0;
        for (; next is not null && pages < 10; pages++)
        {
            var page = await host.SendAsync(HttpMethod.Get, next);
            Assert.Equal(200, page.Status);
            seen.AddRange(page.Json.GetProperty("value").EnumerateArray().Select(r => Text(r, "name")!));
            next = page.Json.TryGetProperty("nextLink", out var link) ? link.GetString() : null;
            if (next is not null)
            {
                Assert.StartsWith(host.Address.ToString(), next, StringComparison.Ordinal);
                Assert.Contains("api-version=2021-11-30&$top=2&$skiptoken=", next, StringComparison.Ordinal);
            }
        }

        Assert.Equal(3, pages);
        Assert.Equal(["phsm-1", "phsm-2", "phsm-3", "phsm-4", "phsm-5"], seen);
        var all = (await host.SendAsync(HttpMethod.Get, $"/subscriptions/{_subscription}/providers/Microsoft.HardwareSecurityModules/dedicatedHSMs{Version}")).Json;
        Assert.Equal((6, false), (all.GetProperty("value").GetArrayLength(), all.TryGetProperty("nextLink", out _)));
    }

    [Fact]
    public async Task OperationsAndOutboundEndpoints_AreOnePage()
    {
        var operations = (await host.SendAsync(HttpMethod.Get, "/providers/microsoft.hardwareSecurityModules/operations" + Version, persona: "auditor1")).Json;
        Assert.Equal(["read", "write", "delete"], operations.GetProperty("value").EnumerateArray().Select(o => Text(o, "name")!.Split('/')[^1]));
        Assert.False(operations.TryGetProperty("nextLink", out _));
        var outbound = await host.SendAsync(HttpMethod.Get, $"{await SucceededAsync()}/outboundNetworkDependenciesEndpoints{Version}");
        Assert.Equal((200, "{\"value\":[]}"), (outbound.Status, outbound.Text));
    }

    [Fact]
    public async Task Headers_LetAnAnswerBeFoundAgain_AndForbidCaching()
    {
        var answer = await host.SendAsync(HttpMethod.Get, Id() + Version, headers: [("x-ms-client-request-id", "tf-7f3a"), ("x-ms-correlation-request-id", "c0ffee")]);
        Assert.Equal(("tf-7f3a", "c0ffee"), (answer.Header("x-ms-client-request-id"), answer.Header("x-ms-correlation-request-id")));
        Assert.Equal(("no-cache", "no-cache", "-1", "nosniff"), (answer.Header("Cache-Control"), answer.Header("Pragma"), answer.Header("Expires"), answer.Header("X-Content-Type-Options")));
        Assert.True(int.Parse(answer.Header("x-ms-ratelimit-remaining-subscription-reads")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.NotNull(answer.Header("x-ms-routing-request-id"));

        // What would not be safe in a header or a log does not come back.
        var odd = await host.SendAsync(HttpMethod.Get, Id() + Version, headers: ("x-ms-client-request-id", "<script> 1"));
        Assert.Null(odd.Header("x-ms-client-request-id"));
    }

    [Theory]
    [InlineData("/subscriptions", false)]
    [InlineData("/subscriptions/", false)]
    [InlineData("/SUBSCRIPTIONS/x", true)]
    [InlineData("/providers", true)]
    [InlineData("/subscriptionsx/y", false)]
    public void PathsOfTheApi_AreNotThePageOfSubscriptions(string path, bool isApi) => Assert.Equal(isApi, Portal.Hosting.EmptyErrors.IsForPrograms(path));

    private static string? Text(JsonElement parent, string name) => parent.GetProperty(name).GetString();
}
