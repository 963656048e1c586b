namespace PaymentHsm.Domain.Fleet;

/// <summary>Judged health of a reading or of a device, from best to worst known; <see cref="Unknown"/> is not worse than Critical, it is not knowing.</summary>
public enum Health
{
    /// <summary>Fresh and inside every limit.</summary>
    Ok,

    /// <summary>A rule is broken, the service is not lost.</summary>
    Warning,

    /// <summary>Service is lost or redundancy is gone.</summary>
    Critical,

    /// <summary>Nothing trustworthy was read; the reading says why.</summary>
    Unknown,
}
