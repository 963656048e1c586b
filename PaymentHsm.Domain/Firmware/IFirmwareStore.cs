using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Domain.Firmware;

/// <summary>Where images and waves are kept. Every write carries its audit entry in the same transaction.</summary>
public interface IFirmwareStore : IFirmwareCatalogue
{
    /// <summary>Stores a new image; false when its version is there already.</summary>
    Task<bool> AddAsync(FirmwareImage image, AuditNote note, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a changed image; false when it is no longer <paramref name="before"/>. Making one the base image takes that mark from the one that had it.
    /// </summary>
    Task<bool> SaveAsync(FirmwareImage before, FirmwareImage after, AuditNote note, CancellationToken cancellationToken);

    /// <summary>One wave; null when there is none.</summary>
    Task<PatchWave?> WaveAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All waves, newest first.</summary>
    Task<IReadOnlyList<PatchWave>> WavesAsync(CancellationToken cancellationToken);

    /// <summary>Stores a new wave; null when another one has not ended yet.</summary>
    Task<PatchWave?> AddAsync(PatchWave wave, AuditNote note, CancellationToken cancellationToken);

    /// <summary>Stores a change of what was read; null when somebody else changed it first. A null note stores without an audit entry (progress only).</summary>
    Task<PatchWave?> SaveAsync(PatchWave wave, AuditNote? note, CancellationToken cancellationToken);
}
