using PaymentHsm.Device.Tests.Simulator.Support;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Device.Tests.EndToEnd;

/// <summary>Restarts of the real simulator while it misbehaves (OOB-PROFILE 11, column Reset): what is known about delivery is exact.</summary>
public sealed class RestartFaultTests
{
    private const string Actions = "/redfish/v1/Systems/hsm/Actions/";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendRestart_GoodDevice_IsProvedByItsLog()
    {
        await using var scene = await DriverScene.StartAsync();
        var operation = Guid.NewGuid();
        var marks = await scene.Link.ReadRestartMarksAsync(Stop);
        Assert.Equal(RestartDelivery.Accepted, (await scene.Link.SendRestartAsync(operation, Stop)).Delivery);

        var judgement = await Eventually.GetAsync(async () =>
        {
            var trace = await scene.Link.ReadRestartTraceAsync(marks, Stop);
            var judged = RestartJudgement.Of(operation, marks, RestartDelivery.Accepted, trace, deadlineOver: false);
            return judged.Outcome is null ? null : judged;
        });
        Assert.Equal(OperationOutcome.Verified, judgement.Outcome);
        Assert.Equal(1, await scene.RestartsAsync());
    }

    [Fact]
    public async Task R68_SameOperationSentTwice_RestartsOnce()
    {
        await using var scene = await DriverScene.StartAsync();
        var operation = Guid.NewGuid();
        await scene.Link.SendRestartAsync(operation, Stop);
        Assert.Equal(RestartDelivery.Accepted, (await scene.Link.SendRestartAsync(operation, Stop)).Delivery);
        Assert.Equal(1, await scene.RestartsAsync());
    }

    [Theory]
    [InlineData("HangBeforeEffect", RestartDelivery.Unknown, 0)]
    [InlineData("HangAfterEffect", RestartDelivery.Unknown, 1)]
    [InlineData("CloseBeforeEffect", RestartDelivery.Unknown, 0)]
    [InlineData("CloseAfterEffect", RestartDelivery.Unknown, 1)]
    [InlineData("Status403", RestartDelivery.Refused, 0)]
    [InlineData("Status503", RestartDelivery.Refused, 0)]
    public async Task SendRestart_DeviceMisbehaves_DeliveryIsWhatIsKnown(string kind, RestartDelivery delivery, int restarts)
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.Link.PollAsync(Stop);
        await scene.InjectAsync(kind, "POST", Actions);
        var sent = await scene.Link.SendRestartAsync(Guid.NewGuid(), Stop);
        await scene.ClearAsync();
        Assert.Equal((delivery, restarts), (sent.Delivery, await scene.RestartsAsync()));
        Assert.NotEmpty(sent.Answer);
    }

    [Fact]
    public async Task SendRestart_PortClosed_NotSent_AskingAgainIsSafe()
    {
        await using var scene = await DriverScene.StartAsync();
        await scene.InjectAsync("Refuse", "*", "/");
        Assert.Equal(RestartDelivery.NotSent, (await scene.Link.SendRestartAsync(Guid.NewGuid(), Stop)).Delivery);
        await scene.ClearAsync();
        Assert.Equal(RestartDelivery.Accepted, (await scene.Link.SendRestartAsync(Guid.NewGuid(), Stop)).Delivery);
        Assert.Equal(1, await scene.RestartsAsync());
    }
}
