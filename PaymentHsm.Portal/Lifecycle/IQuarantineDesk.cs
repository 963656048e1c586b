using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Devices that nobody may use until people decided, and their ways out (D20 to D25, D31).</summary>
public interface IQuarantineDesk
{
    /// <summary>Every device in quarantine or on hold, the oldest first.</summary>
    Task<IReadOnlyList<QuarantinedDevice>> ReadAsync(Actor viewer, CancellationToken cancellationToken);

    /// <summary>D23: an engineer signs off the repair of a clean unit; it is commissioned anew.</summary>
    Task<Outcome<StoredDevice>> SignOffRepairAsync(Actor actor, HsmSerial serial, string? note, CancellationToken cancellationToken);
}

/// <summary>One device in quarantine or on hold.</summary>
/// <param name="Record">Lifecycle, custody, sanitisation.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Customer">The customer's name while one still has to do with it.</param>
/// <param name="Resource">The customer's resource that still refers to it; null when none does.</param>
/// <param name="Why">The entries of the audit log that brought it here, newest first.</param>
/// <param name="Exits">Each way out, open to the viewer or closed with its rule.</param>
/// <param name="Ticket">The newest open ticket that can carry what is asked for; null when there is none.</param>
public sealed record QuarantinedDevice(
    DeviceRecord Record, Location Location, string? Customer, ResourceId? Resource, IReadOnlyList<QuarantineCause> Why, IReadOnlyList<QuarantineExit> Exits, string? Ticket = null);

/// <summary>What brought a device into quarantine or on hold.</summary>
public sealed record QuarantineCause(DateTimeOffset At, string By, string Action, string Detail, Guid? Operation);
