namespace PaymentHsm.Domain.Firmware;

/// <summary>Reads the firmware catalogue. Cheap enough to be asked before every decision; what it returns is a picture that does not change.</summary>
public interface IFirmwareCatalogue
{
    /// <summary>The catalogue as it is now.</summary>
    Task<FirmwareCatalogue> ReadAsync(CancellationToken cancellationToken);
}
