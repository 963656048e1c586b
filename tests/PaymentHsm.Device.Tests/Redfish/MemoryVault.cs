using System.Collections.Concurrent;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>A vault that lasts as long as the test, and shows what it keeps.</summary>
internal sealed class MemoryVault : IAdministratorVault
{
    private readonly ConcurrentDictionary<HsmSerial, AdministratorSecrets> _kept = new();

    /// <summary>What is kept for a device; null when nothing is.</summary>
    public AdministratorSecrets? Of(HsmSerial serial) => _kept.GetValueOrDefault(serial);

    public Task<AdministratorSecrets?> FindAsync(HsmSerial serial, CancellationToken cancellationToken) => Task.FromResult(Of(serial));

    public Task ProposeAsync(HsmSerial serial, string secret, CancellationToken cancellationToken)
    {
        _kept.AddOrUpdate(serial, _ => new AdministratorSecrets(null, secret), (_, kept) => kept with { Proposed = secret });
        return Task.CompletedTask;
    }

    public Task ConfirmAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        if (Of(serial) is { Proposed: { } proposed })
        {
            _kept[serial] = new AdministratorSecrets(proposed, null);
        }

        return Task.CompletedTask;
    }

    public Task ForgetAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        _kept.TryRemove(serial, out _);
        return Task.CompletedTask;
    }
}
