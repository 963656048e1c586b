using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.Tests.Simulator.HostPort;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.HostCommands;

public sealed class BackOffTests
{
    [Fact]
    public void Pause_DoublesUpToTheLongest_AndASuccessEndsIt()
    {
        var backOff = new BackOff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
        var pauses = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            pauses.Add(backOff.Pause.TotalMilliseconds);
            backOff.Failed();
        }

        Assert.Equal([0, 200, 400, 800, 1000, 1000], pauses);
        backOff.Succeeded();
        Assert.Equal(TimeSpan.Zero, backOff.Pause);
    }

    [Fact]
    public void Pause_ManyFailures_DoesNotOverflow()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        for (var i = 0; i < 1000; i++)
        {
            backOff.Failed();
        }

        Assert.Equal(TimeSpan.FromSeconds(30), backOff.Pause);
    }

    /// <summary>A peer that accepts and closes is not called again before the pause is over, however often the caller asks.</summary>
    [Fact]
    public async Task Link_WaitsThePauseBeforeItConnectsAgain()
    {
        var time = new FakeTimeProvider();
        await using var peer = new ScriptedPeer(_ => Task.CompletedTask);
        await using var link = await new TestLinks(peer.Port, time).OpenAsync();
        await Eventually.TrueAsync(() => !link.IsConnected, "the end of the connection was not noticed");
        var paced = link.DiagnoseAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.Equal((1, false), (peer.Accepted, paced.IsCompleted));

        // Only until it connects: a clock that ran on would let the request run out of time on a busy machine.
        await Eventually.TrueAsync(() => peer.Accepted == 2, "it never connected again", () => time.Advance(TimeSpan.FromMilliseconds(1)));
        await Assert.ThrowsAsync<LinkException>(() => paced);
    }
}
