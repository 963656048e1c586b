using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Answers as a test says.</summary>
internal sealed class TestForceDeleteDesk : IForceDeleteDesk
{
    public Refusal? Closed { get; set; }

    public List<Guid> Executed { get; } = [];

    public Task<Outcome<ForceDeletePreview>> PreviewAsync(Actor actor, string ticket, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<ForceDeletePreview>>(new Refusal("R53", RefusalKind.NotFound, $"There is no ticket {ticket}."));

    public Task<Outcome<Operation>> ExecuteAsync(Actor actor, Guid operation, CancellationToken cancellationToken)
    {
        Executed.Add(operation);
        return Task.FromResult<Outcome<Operation>>(new Refusal("R74", RefusalKind.NotInThisState, "Not in this test."));
    }

    public Refusal? ClosedToExecute(Actor actor, ApprovalRequest approval) => Closed;
}
