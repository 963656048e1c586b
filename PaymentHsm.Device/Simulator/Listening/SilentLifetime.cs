using Microsoft.Extensions.Hosting;

namespace PaymentHsm.Device.Simulator.Listening;

/// <summary>A server that starts and stops with its owner; it must not take Ctrl+C for itself.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
