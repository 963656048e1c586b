namespace PaymentHsm.Domain.Fleet;

/// <summary>
/// Keeps the renewed administrator credentials of devices in the operator's hands (R31). A device without an entry still has the credential it was
/// delivered with. A secret is written down before the device is told, so that no crash can lock the operator out, and destroyed once a hand-over has
/// proved that it opens nothing any more.
/// </summary>
public interface IAdministratorVault
{
    /// <summary>What is kept for a device; null when nothing is.</summary>
    Task<AdministratorSecrets?> FindAsync(HsmSerial serial, CancellationToken cancellationToken);

    /// <summary>Keeps <paramref name="secret"/> beside the confirmed one, in place of an earlier proposal. Durable when it returns.</summary>
    Task ProposeAsync(HsmSerial serial, string secret, CancellationToken cancellationToken);

    /// <summary>A login with the proposed secret succeeded: it takes the place of the confirmed one. Without a proposal nothing changes.</summary>
    Task ConfirmAsync(HsmSerial serial, CancellationToken cancellationToken);

    /// <summary>Destroys everything kept for a device.</summary>
    Task ForgetAsync(HsmSerial serial, CancellationToken cancellationToken);
}

/// <summary>The secrets kept for one administrator account. Its text form shows none, so that no log line can.</summary>
/// <param name="Confirmed">The last one that was let in; null before the first.</param>
/// <param name="Proposed">One that the device may or may not have taken; null when none is open.</param>
public sealed record AdministratorSecrets(string? Confirmed, string? Proposed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{nameof(AdministratorSecrets)} {{ Confirmed = {Known(Confirmed)}, Proposed = {Known(Proposed)} }}";

    private static string Known(string? secret) => secret is null ? "none" : "kept";
}
