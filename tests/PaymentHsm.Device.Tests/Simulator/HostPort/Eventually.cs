using System.Diagnostics;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>Waits for conditions that sockets bring about.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<bool> condition, string complaint, Action? meanwhile = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, complaint);
            meanwhile?.Invoke();
            await Task.Yield();
        }
    }
}
