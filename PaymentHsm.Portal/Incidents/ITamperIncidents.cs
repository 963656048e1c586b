using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Incidents;

/// <summary>A tamper is an incident, not a colour (R52): it freezes the device, opens a ticket, and asks the customer about the logs.</summary>
public interface ITamperIncidents
{
    /// <summary>
    /// A tamper latch was read. Freezes the device and opens one incident; a latch that is known already, or was read before the last incident was closed,
    /// changes nothing. Returns the incident, or null when there is nothing to raise.
    /// </summary>
    /// <param name="serial">Which device.</param>
    /// <param name="readAt">When the latch was read.</param>
    /// <param name="occasion">In words: during or after what.</param>
    /// <param name="ticket">A ticket that is at work on the device and is told of it; null when there is none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<TamperIncident?> RaiseAsync(HsmSerial serial, DateTimeOffset readAt, string occasion, string? ticket, CancellationToken cancellationToken);

    /// <summary>The open incident of a device, else its last one; null when it never had one.</summary>
    Task<TamperIncident?> FindAsync(HsmSerial serial, CancellationToken cancellationToken);

    /// <summary>Records what the customer wants to happen with the logs (R28).</summary>
    Task<Outcome<TamperIncident>> ChooseAsync(Actor actor, HsmSerial serial, string? choice, string? note, CancellationToken cancellationToken);

    /// <summary>
    /// W9: logs were read at the customer's documented request, which is filed on the incident's ticket, and handed over encrypted. Only hashes are kept; an evidence bundle is sealed in the
    /// same transaction.
    /// </summary>
    Task<Outcome<TamperIncident>> RecoveredAsync(Actor actor, HsmSerial serial, LogRecovery recovery, CancellationToken cancellationToken);

    /// <summary>An engineer has reviewed it: the latch is read as re-armed and the identity as right, then the hold ends.</summary>
    Task<Outcome<TamperIncident>> LiftAsync(Actor actor, HsmSerial serial, string? note, CancellationToken cancellationToken);
}

/// <summary>One tamper of one device.</summary>
/// <param name="Id">Which.</param>
/// <param name="Serial">Which device.</param>
/// <param name="Ticket">The ticket that it opened.</param>
/// <param name="OpenedAt">When (UTC).</param>
/// <param name="What">What was read, in words.</param>
/// <param name="Choice">What the customer wants to happen with the logs; null: not asked yet.</param>
/// <param name="ChosenBy">Who recorded it.</param>
/// <param name="Recovery">The recovery of the logs; null when none was made.</param>
/// <param name="ClosedAt">When the hold was lifted; null while it is open.</param>
/// <param name="ReviewedBy">The engineer who lifted it.</param>
public sealed record TamperIncident(
    long Id, HsmSerial Serial, string Ticket, DateTimeOffset OpenedAt, string What, LogChoice? Choice, string? ChosenBy, LogRecovery? Recovery, DateTimeOffset? ClosedAt, string? ReviewedBy);

/// <summary>What happens with the customer's logs after a tamper (R28).</summary>
public enum LogChoice
{
    /// <summary>The customer asks, in a document, to have them recovered.</summary>
    Recover,

    /// <summary>The customer does not want them.</summary>
    Leave,
}

/// <summary>A recovery of logs (W9). The portal never holds the logs.</summary>
/// <param name="DocumentHash">SHA-256 of the customer's request.</param>
/// <param name="LogHash">SHA-256 of the encrypted logs as handed over.</param>
/// <param name="HandedTo">To whom at the customer.</param>
/// <param name="By">Who read them.</param>
/// <param name="At">When.</param>
/// <param name="Bundle">Digest of the sealed bundle.</param>
public sealed record LogRecovery(string? DocumentHash, string? LogHash, string? HandedTo, string By = "", DateTimeOffset At = default, string? Bundle = null);
