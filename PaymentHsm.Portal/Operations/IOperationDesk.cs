using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Operations;

/// <summary>Asking for, confirming and following operations. The same rules stand behind the pages and the API.</summary>
public interface IOperationDesk
{
    /// <summary>What a soft reboot of this device would mean right now, and whether the actor may ask for it.</summary>
    Task<Outcome<ImpactPreview>> PreviewAsync(Actor actor, HsmSerial serial, CancellationToken cancellationToken);

    /// <summary>Asks for an operation on the ticket's device.</summary>
    Task<Outcome<RequestedOperation>> RequestAsync(Actor actor, string ticket, OperationKind kind, OperationWish wish, CancellationToken cancellationToken);

    /// <summary>Confirms as the second person. Returns when the decision is stored; the work goes on by itself.</summary>
    Task<Outcome<Operation>> ConfirmAsync(Actor actor, Guid operation, CancellationToken cancellationToken);

    /// <summary>Withdraws a request that is not confirmed yet; only its requester or an engineer.</summary>
    Task<Outcome<Operation>> WithdrawAsync(Actor actor, Guid operation, CancellationToken cancellationToken);

    /// <summary>Why this actor may not confirm this operation now; null when they may.</summary>
    Refusal? ClosedToConfirm(Actor actor, Operation operation);

    /// <summary>One operation; null when there is none.</summary>
    Task<Operation?> FindAsync(Guid operation, CancellationToken cancellationToken);

    /// <summary>Operations, newest first.</summary>
    Task<OperationPage> PageAsync(OperationFilter filter, CancellationToken cancellationToken);

    /// <summary>The operation now and after every stored change, until it has finished or the token is cancelled.</summary>
    IAsyncEnumerable<Operation> FollowAsync(Guid operation, CancellationToken cancellationToken);
}

/// <summary>What the operation list asks for.</summary>
public sealed record OperationFilter(OperationState? State = null, OperationKind? Kind = null, string? Serial = null, int Skip = 0, int Take = 50);

/// <summary>One page of operations and how many there are in all.</summary>
public sealed record OperationPage(int Total, IReadOnlyList<Operation> Rows);

/// <summary>What a restart would mean (W2 step 2). Promises nothing about customer data or failover (R21, R65).</summary>
/// <param name="Pair">The customer's other devices in the region and what state they are in.</param>
/// <param name="Data">The sentence about customer data.</param>
/// <param name="KnownIssues">Known issues of this firmware (R57).</param>
/// <param name="TelemetryAt">When the device last answered.</param>
/// <param name="ConfirmWithin">How long the second person has.</param>
public sealed record ImpactPreview(
    HsmSerial Serial, string? Customer, string Pair, string Data, IReadOnlyList<string> KnownIssues, DateTimeOffset TelemetryAt, TimeSpan ConfirmWithin);
