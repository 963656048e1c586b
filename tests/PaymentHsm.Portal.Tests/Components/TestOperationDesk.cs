using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Holds one operation; a test pushes its changes.</summary>
internal sealed class TestOperationDesk : IOperationDesk
{
    private readonly Channel<Operation> _changes = Channel.CreateUnbounded<Operation>();

    public Operation? Operation { get; set; }

    /// <summary>Why nobody may confirm; null lets everybody.</summary>
    public Refusal? Closed { get; set; }

    public List<Actor> Confirmed { get; } = [];

    public List<string?> Requested { get; } = [];

    public void Push(Operation operation) => _changes.Writer.TryWrite(Operation = operation);

    public Task<Outcome<ImpactPreview>> PreviewAsync(Actor actor, HsmSerial serial, CancellationToken cancellationToken) => Task.FromResult<Outcome<ImpactPreview>>(
        Closed is not null ? Closed : new ImpactPreview(serial, "Contoso Acquiring", "None", "Customer data should be unaffected.", [], PaymentHsm.Tests.TestTiles.Now, TimeSpan.FromMinutes(30)));

    public Task<Outcome<RequestedOperation>> RequestAsync(Actor actor, string ticket, OperationKind kind, OperationWish wish, CancellationToken cancellationToken)
    {
        Requested.Add(wish.Reason);
        return Task.FromResult<Outcome<RequestedOperation>>(new RequestedOperation(Operation!));
    }

    public Task<Outcome<Operation>> ConfirmAsync(Actor actor, Guid operation, CancellationToken cancellationToken)
    {
        if (Closed is not null)
        {
            return Task.FromResult<Outcome<Operation>>(Closed);
        }

        Confirmed.Add(actor);
        return Task.FromResult<Outcome<Operation>>(Operation = Operation! with { State = OperationState.Running, ConfirmedBy = actor.Id, Version = Operation.Version + 1 });
    }

    public Task<Outcome<Operation>> WithdrawAsync(Actor actor, Guid operation, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<Operation>>(Operation = Operation! with { State = OperationState.Finished, Outcome = OperationOutcome.Cancelled, Version = Operation.Version + 1 });

    public Refusal? ClosedToConfirm(Actor actor, Operation operation) => Closed;

    public Task<Operation?> FindAsync(Guid operation, CancellationToken cancellationToken) => Task.FromResult(Operation?.Id == operation ? Operation : null);

    public Task<OperationPage> PageAsync(OperationFilter filter, CancellationToken cancellationToken) => Task.FromResult(new OperationPage(0, []));

    public async IAsyncEnumerable<Operation> FollowAsync(Guid operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var change in _changes.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }
    }
}
