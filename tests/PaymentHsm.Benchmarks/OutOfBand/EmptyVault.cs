using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Benchmarks.OutOfBand;

/// <summary>The vault of a program that only polls: it holds no administrator's secret and takes none.</summary>
internal sealed class EmptyVault : IAdministratorVault
{
    public Task<AdministratorSecrets?> FindAsync(HsmSerial serial, CancellationToken cancellationToken) => Task.FromResult<AdministratorSecrets?>(null);

    public Task ProposeAsync(HsmSerial serial, string secret, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ConfirmAsync(HsmSerial serial, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ForgetAsync(HsmSerial serial, CancellationToken cancellationToken) => throw new NotSupportedException();
}
