using System.Diagnostics;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>Waits for conditions that sockets bring about.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Looks once a millisecond: a clock that <paramref name="meanwhile"/> moves on never outruns the sockets it waits for.</summary>
    public static async Task TrueAsync(Func<bool> condition, string complaint, Action? meanwhile = null)
    {
        var watch = Stopwatch.StartNew();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, complaint);
            meanwhile?.Invoke();
            await look.WaitForNextTickAsync();
        }
    }
}
