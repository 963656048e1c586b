namespace PaymentHsm.Domain.Fleet;

/// <summary>A device as the site's records know it. Endpoints and credentials stay in the device layer.</summary>
/// <param name="Serial">Serial number on the delivery manifest.</param>
/// <param name="Location">Rack and slot.</param>
/// <param name="Model">Model as delivered, for example <c>payShield 10K</c>.</param>
/// <param name="ServiceId">UUID of the out-of-band controller, pinned at enrolment; a change means another device.</param>
public sealed record EnrolledDevice(HsmSerial Serial, Location Location, string Model, Guid ServiceId);

/// <summary>The site's records: which devices exist, where, and (inside the device layer) how they are reached.</summary>
public interface IFleetEnrolment
{
    /// <summary>False until the records were read for the first time since the start: no device can be reached then, and nothing may be concluded from that.</summary>
    bool IsRead { get; }

    /// <summary>Reads the records afresh; links made afterwards use what was read.</summary>
    /// <exception cref="LinkException">The source cannot be read.</exception>
    Task<IReadOnlyList<EnrolledDevice>> ReadAsync(CancellationToken cancellationToken);
}
