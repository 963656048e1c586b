namespace PaymentHsm.Domain.Lifecycle;

/// <summary>The R78 list: what must be read back before a device that comes from a customer may be used again. Any miss quarantines it.</summary>
/// <param name="ReleasedByNewRead">A new OOB read says Released.</param>
/// <param name="AdministratorAccessRestored">A login with a fresh credential was let in (R29).</param>
/// <param name="NoLmk">No local master key is loaded.</param>
/// <param name="FactoryConfiguration">Configuration is as from the factory.</param>
/// <param name="CertificatesGone">No certificate of the customer is left (R77).</param>
/// <param name="LogsEmpty">The customer's logs are empty.</param>
public sealed record ErasureProof(
    bool ReleasedByNewRead, bool AdministratorAccessRestored, bool NoLmk, bool FactoryConfiguration, bool CertificatesGone, bool LogsEmpty)
{
    /// <summary>The points that were missed, in words; empty when erasure is proven.</summary>
    public IReadOnlyList<string> Misses =>
    [
        .. ReleasedByNewRead ? [] : new[] { "not released by a new read" },
        .. AdministratorAccessRestored ? [] : new[] { "administrator access not restored" },
        .. NoLmk ? [] : new[] { "a local master key is loaded" },
        .. FactoryConfiguration ? [] : new[] { "configuration is not the factory's" },
        .. CertificatesGone ? [] : new[] { "certificates left behind" },
        .. LogsEmpty ? [] : new[] { "logs not empty" },
    ];
}
