using PaymentHsm.Device.Tests.Simulator.Support;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Device.Tests.EndToEnd;

/// <summary>A device's way to a customer and back, by the driver against the real simulator: licence, credential, content, certificates, firmware.</summary>
public sealed class CustomerLifeTests
{
    private const string Allocation = "alloc-7f3a";

    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(8);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R16_a_licence_is_pushed_in_every_custody_once_for_each_operation()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        var operation = Guid.NewGuid();
        Assert.Equal((60, 1), await LicenceAsync(scene));
        Assert.True((await scene.Link.PushLicenceAsync(operation, 2500, 2, Stop)).Accepted);
        await scene.GiveToCustomerAsync(Allocation);
        Assert.True((await scene.Link.PushLicenceAsync(operation, 2500, 2, Stop)).Accepted);
        Assert.False((await scene.Link.PushLicenceAsync(operation, 60, 1, Stop)).Accepted);
        Assert.False((await scene.Link.PushLicenceAsync(Guid.NewGuid(), 61, 1, Stop)).Accepted);
        Assert.Equal((2500, 2), await LicenceAsync(scene));
        Assert.True((await scene.Link.PushLicenceAsync(Guid.NewGuid(), 250, 2, Stop)).Accepted);
        Assert.Equal((250, 2), await LicenceAsync(scene));
        Assert.Equal(2, (await scene.Device.KeysAsync()).Count(key => key == "LicenceSet"));
    }

    [Fact]
    public async Task R43_a_broken_licence_set_is_seen_and_a_push_brings_it_back()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        Assert.Empty(BaseLicence.MissingFrom((await scene.Link.ReadLicenceAsync(Stop)).Features));
        await scene.DeleteAsync("licence-features/Hosted%20HSM");
        Assert.Equal(["Hosted HSM"], BaseLicence.MissingFrom((await scene.Link.ReadLicenceAsync(Stop)).Features));
        await scene.DeleteAsync("licence-features");
        Assert.Equal(10, BaseLicence.MissingFrom((await scene.Link.ReadLicenceAsync(Stop)).Features).Count);
        await scene.Link.PushLicenceAsync(Guid.NewGuid(), 60, 1, Stop);
        Assert.Empty(BaseLicence.MissingFrom((await scene.Link.ReadLicenceAsync(Stop)).Features));
    }

    [Fact]
    public async Task R31_the_credential_is_renewed_dies_with_the_hand_over_and_a_release_brings_the_delivered_one_back()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        Assert.Equal(AdministratorLoginOutcome.LetIn, (await scene.Link.RenewAdministratorAsync(scene.Access(), Stop)).Outcome);
        var secret = scene.Vault.Of(scene.Link.Serial)!.Confirmed;
        Assert.Equal(secret, await PasswordAsync(scene, "password"));
        Assert.NotEqual(secret, await PasswordAsync(scene, "deliveredPassword"));

        await scene.GiveToCustomerAsync(Allocation);
        Assert.Equal(AdministratorLoginOutcome.Refused, (await scene.Link.TryAdministratorLoginAsync(scene.Access(LogicalAccessPurpose.NegativeTest), Stop)).Outcome);
        Assert.Null(scene.Vault.Of(scene.Link.Serial));

        await scene.ReleaseAsync();
        Assert.Equal(await PasswordAsync(scene, "deliveredPassword"), await PasswordAsync(scene, "password"));
        Assert.Equal(AdministratorLoginOutcome.LetIn, (await scene.Link.RenewAdministratorAsync(scene.Access(LogicalAccessPurpose.Verification), Stop)).Outcome);
        Assert.NotEqual(secret, scene.Vault.Of(scene.Link.Serial)!.Confirmed);
    }

    [Theory]
    [InlineData("CloseAfterEffect")]
    [InlineData("HangAfterEffect")]
    [InlineData("CloseBeforeEffect")]
    public async Task R31_a_lost_answer_to_the_change_locks_nobody_out(string kind)
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.InjectAsync(kind, "PATCH", "/redfish/v1/AccountService", count: 1);
        var first = await scene.Link.RenewAdministratorAsync(scene.Access(), Stop);
        Assert.NotEqual(AdministratorLoginOutcome.Refused, first.Outcome);
        Assert.Equal(AdministratorLoginOutcome.LetIn, (await scene.Link.RenewAdministratorAsync(scene.Access(), Stop)).Outcome);
        Assert.Equal(scene.Vault.Of(scene.Link.Serial)!.Confirmed, await PasswordAsync(scene, "password"));
    }

    [Fact]
    public async Task R78_a_customer_leaves_content_that_a_release_takes_away()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        Assert.Equal((0, 0, 0L, true), await ContentAsync(scene));
        await scene.GiveToCustomerAsync(Allocation);
        Assert.Equal(LinkFault.Unsupported, (await Assert.ThrowsAnyAsync<LinkException>(() => scene.Link.ReadContentAsync(Stop))).Fault);
        await scene.ReleaseAsync();
        Assert.Equal((0, 0, 0L, true), await ContentAsync(scene));
    }

    [Fact]
    public async Task R77_certificates_survive_a_release_below_2_1a_and_are_removed_by_the_operator()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.ControlAsync("firmware", """{"version":"1.9a"}""");
        await scene.GiveToCustomerAsync(Allocation);
        Assert.False((await scene.Link.RemoveCertificatesAsync(scene.Access(), Guid.NewGuid(), Stop)).Accepted);
        await scene.ReleaseAsync();
        Assert.Equal((0, 2, 0L, true), await ContentAsync(scene));

        var operation = Guid.NewGuid();
        Assert.True((await scene.Link.RemoveCertificatesAsync(scene.Access(LogicalAccessPurpose.Verification), operation, Stop)).Accepted);
        Assert.True((await scene.Link.RemoveCertificatesAsync(scene.Access(LogicalAccessPurpose.Verification), operation, Stop)).Accepted);
        Assert.Equal((0, 0, 0L, true), await ContentAsync(scene));
        Assert.Single(await scene.Device.KeysAsync(), key => key == "CertificatesRemoved");
    }

    [Fact]
    public async Task R78_a_residue_is_left_at_once_or_by_the_next_release()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.ControlAsync("residue", """{"lmks":1,"logEntries":4}""");
        Assert.Equal((1, 0, 4L, true), await ContentAsync(scene));
        await scene.GiveToCustomerAsync(Allocation);
        await scene.ControlAsync("residue", """{"certificates":3,"configuration":true}""");
        await scene.ReleaseAsync();
        Assert.Equal((0, 3, 0L, false), await ContentAsync(scene));
        using var bad = await scene.Device.ControlAsync("residue", """{"lmks":-1}""");
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task R40_an_image_is_installed_once_on_a_released_device_and_the_poll_proves_it()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.ControlAsync("firmware", """{"version":"1.9a"}""");
        var operation = Guid.NewGuid();
        var image = new Uri("https://images.example/payshield-2.2b.bin");
        Assert.True((await scene.Link.InstallFirmwareAsync(scene.Access(), operation, image, Stop)).Accepted);
        await Eventually.TrueAsync(async () => (await scene.Link.FindOperationAsync(operation, Stop)) is { State: DeviceOperationState.Succeeded, ResultKey: "FirmwareUpdated" });
        Assert.True((await scene.Link.InstallFirmwareAsync(scene.Access(), operation, image, Stop)).Accepted);
        Assert.Equal("2.2b", (await scene.Link.PollAsync(Stop)).Firmware);
        Assert.Single(await scene.Device.KeysAsync(), key => key == "RestartRequested");

        await scene.GiveToCustomerAsync(Allocation);
        Assert.False((await scene.Link.InstallFirmwareAsync(scene.Access(), Guid.NewGuid(), image, Stop)).Accepted);
    }

    [Fact]
    public async Task R40_a_failing_update_leaves_the_release_and_says_so()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.InjectAsync("TaskException", "*", "/");
        var operation = Guid.NewGuid();
        Assert.True((await scene.Link.InstallFirmwareAsync(scene.Access(), operation, new Uri("https://images.example/payshield-2.1a.bin"), Stop)).Accepted);
        await Eventually.TrueAsync(async () => (await scene.Link.FindOperationAsync(operation, Stop)) is { State: DeviceOperationState.Failed, ResultKey: "FirmwareUpdateFailed" });
        Assert.Equal("2.2b", (await scene.Link.PollAsync(Stop)).Firmware);
    }

    [Fact]
    public async Task R42_custom_firmware_takes_the_licence_with_it()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.GiveToCustomerAsync(Allocation);
        await scene.ControlAsync("firmware", """{"version":"1500.custom_7"}""");
        await scene.ReleaseAsync();
        Assert.Equal(10, BaseLicence.MissingFrom((await scene.Link.ReadLicenceAsync(Stop)).Features).Count);
        Assert.Equal("1500.custom_7", (await scene.Link.PollAsync(Stop)).Firmware);
    }

    [Fact]
    public async Task R57_the_fan_too_fast_issue_shows_on_old_firmware_until_the_power_is_cycled()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        using var fixedAlready = await scene.Device.ControlAsync("fan-too-fast");
        Assert.Equal(System.Net.HttpStatusCode.Conflict, fixedAlready.StatusCode);
        await scene.ControlAsync("firmware", """{"version":"1.6a"}""");
        await scene.ControlAsync("fan-too-fast");
        Assert.Equal(84, await FanAsync(scene));
        Assert.Equal(RestartDelivery.Accepted, (await scene.Link.SendRestartAsync(Guid.NewGuid(), Stop)).Delivery);
        await scene.Device.UntilAsync(TestDevice.Entries, e => e["Members"]!.AsArray().Count(m => ((string)m!["MessageId"]!).EndsWith(".RestartCompleted", StringComparison.Ordinal)) == 2);
        Assert.Equal(84, await FanAsync(scene));
        await scene.ControlAsync("power-cycle");

        // Asked while the controller has no power, the link would wait longer and longer before it asks again.
        await Eventually.TrueAsync(async () => (int?)(await scene.DescriptionAsync())["bootId"] == 3);
        await Eventually.TrueAsync(async () => await FanAsync(scene) is > 30 and < 60);
    }

    private static async Task<double?> FanAsync(DriverScene scene) => (await scene.Link.PollAsync(Stop)).Samples.Single(sample => sample.Name == ReadingName.Fan1).Value.Number;

    private static async Task<(int, int)> LicenceAsync(DriverScene scene)
    {
        var licence = await scene.Link.ReadLicenceAsync(Stop);
        return (licence.CallsPerSecond, licence.LmkCount);
    }

    private static async Task<(int Lmks, int Certificates, long LogEntries, bool Factory)> ContentAsync(DriverScene scene)
    {
        var content = await scene.Link.ReadContentAsync(Stop);
        return (content.LmksLoaded, content.Certificates, content.LogEntries, content.FactoryConfiguration);
    }

    /// <summary>The administrator's password, as the control API shows it now.</summary>
    private static async Task<string> PasswordAsync(DriverScene scene, string name) => (string)(await scene.DescriptionAsync())["accounts"]!["admin"]![name]!;
}
