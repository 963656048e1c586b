using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Overdue;

/// <summary>Operations whose step has a deadline, and those that wait for a second person.</summary>
internal sealed class OverdueOperations(IPortalDbs dbs, IOperationDesk desk) : IOverdueSource
{
    public string Kind => "operation";

    public async Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = await db.Operations.AsNoTracking().Where(o => o.State != OperationState.Finished).ToListAsync(cancellationToken);
        return [.. rows.Select(r => r.ToOperation()).Select(Item).OfType<OverdueItem>()];
    }

    public async Task<Outcome<string>> EscapeAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var operation))
        {
            return new Refusal("R88", RefusalKind.NotFound, $"There is no operation {id}.");
        }

        return await desk.WithdrawAsync(actor, operation, cancellationToken) switch
        {
            Outcome<Operation>.Done(var withdrawn) => $"{withdrawn.ShortName} is withdrawn; nothing was sent.",
            Outcome<Operation>.Refused(var why) => why,
            _ => throw new InvalidOperationException("An outcome is either done or refused."),
        };
    }

    private static OverdueItem? Item(Operation operation)
    {
        var what = $"{operation.Kind.Spaced()} {operation.ShortName} of {operation.Serial}";
        var (id, link) = (operation.Id.ToString(), $"/operations/{operation.Id}");
        if (operation is { State: OperationState.AwaitingConfirmation, ConfirmBefore: { } by })
        {
            return new OverdueItem("operation", id, what, "Waiting for a second person", "Engineering", operation.RequestedAt, by, link, new OverdueEscape("Withdraw", "The request ends; nothing is sent to the device."));
        }

        return operation.Steps.FirstOrDefault(s => s is { State: StepState.Running, Deadline: not null }) is { } step
            ? new OverdueItem("operation", id, what, $"Step {step.Name}", "automation", step.StartedAt ?? operation.RequestedAt, step.Deadline!.Value, link)
            : null;
    }
}
