using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Overdue;

/// <summary>Customers' resources in passing states. The way out is the table's overdue event; while an operation is at work, that operation comes first.</summary>
internal sealed class OverdueResources(IResourceStore resources, IDeviceStore devices, IOperationStore operations, IPortalDbs dbs, LifecycleOptions options, TimeProvider clock) : IOverdueSource
{
    public string Kind => "resource";

    public async Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken)
    {
        List<OverdueItem> items = [];
        foreach (var resource in await resources.UnsettledAsync(cancellationToken))
        {
            if (resource.Deadline(options) is { } deadline)
            {
                var (facts, work) = await FactsAsync(resource, cancellationToken);
                items.Add(new OverdueItem(
                    Kind, resource.Id.ToString(), $"Resource {resource.Id.Name} of {resource.Customer}", resource.State.Spaced(), work is null ? "Engineering" : "automation",
                    resource.StateSince, deadline, resource.Id.Link(), Escape(resource, facts, work)));
            }
        }

        return items;
    }

    public async Task<Outcome<string>> EscapeAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!ResourceId.TryParse(id, out var parsed) || await resources.FindAsync(parsed, cancellationToken) is not { } resource)
        {
            return new Refusal("R88", RefusalKind.NotFound, $"There is no resource {id}.");
        }

        var (facts, _) = await FactsAsync(resource, cancellationToken);
        if (ResourceLifecycle.OverdueEvent(resource.State, facts) is not { } trigger)
        {
            return new Refusal("R88", RefusalKind.NotInThisState, $"{resource.Id.Name} is {resource.State}; there a person acts next.");
        }

        var now = clock.GetUtcNow();
        var message = Message(resource, trigger);
        if (resource.Apply(trigger, facts, message, now) is Outcome<CustomerResource>.Refused(var why))
        {
            return why;
        }

        var after = ((Outcome<CustomerResource>.Done)resource.Apply(trigger, facts, message, now)).Value;
        after = trigger switch
        {
            ResourceEvent.Error => after with { Fault = new ResourceFault("AllocationFailed", message), Serial = null },
            ResourceEvent.ReleaseUnknown => after with { DeletionBlockedSince = resource.DeletionBlockedSince ?? now },
            _ => after,
        };
        var note = new AuditNote(actor, $"resource.{(after.IsGone ? "deleted" : after.State.ToString().ToLowerInvariant())}", $"{resource.Id.Name}: {actor.Id} used the way out of {resource.State}. {message}", resource.Serial, null, resource.Operation);
        return await resources.SaveAsync(after, note, null, after.IsGone ? await LastBundleAsync(resource, cancellationToken) : null, cancellationToken) is null
            ? new Refusal("R74", RefusalKind.NotInThisState, $"{resource.Id.Name} was changed by somebody else at this moment.", "Look again.")
            : after.IsGone ? $"{resource.Id.Name} is gone." : $"{resource.Id.Name} is {after.State} now.";
    }

    private async Task<(ResourceFacts Facts, Operation? Work)> FactsAsync(CustomerResource resource, CancellationToken cancellationToken)
    {
        var device = resource.Serial is { } serial ? await devices.FindAsync(serial, cancellationToken) : null;
        var own = resource.Operation is { } id ? await operations.FindAsync(id, cancellationToken) : null;
        var facts = new ResourceFacts { Device = device?.Record.State, Custody = device?.Record.Custody, ApprovalConsumed = resource.State == ResourceState.Deleting && own?.Kind == OperationKind.ForceDelete };
        return (facts, own is { State: not OperationState.Finished } ? own : null);
    }

    private static OverdueEscape? Escape(CustomerResource resource, ResourceFacts facts, Operation? work)
    {
        var closed = work is null ? null : new Refusal("R67", RefusalKind.NotInThisState, $"{work.Kind.Spaced()} {work.ShortName} is at work on it.", "It ends by its own deadline; if its device is overdue, use the device's way out.");
        return ResourceLifecycle.OverdueEvent(resource.State, facts) switch
        {
            ResourceEvent.Error => new OverdueEscape("End as failed", "The customer sees Failed and may delete the resource and create it again.", closed),
            ResourceEvent.ReleaseUnknown => new OverdueEscape("End the deletion", "The deletion ends undone: the resource is usable again and the customer may retry.", closed),
            ResourceEvent.Released or ResourceEvent.ReclaimEnded => new OverdueEscape("Finish the deletion", "The resource is gone for the customer; no customer holds its device.", closed ?? ResourceGuards.Check(ResourceLifecycle.OverdueEvent(resource.State, facts)!.Value, facts)),
            _ => null,
        };
    }

    private static string Message(CustomerResource resource, ResourceEvent trigger) => trigger switch
    {
        ResourceEvent.Error => $"{resource.State} was not done in time. Delete the resource and create it again.",
        ResourceEvent.ReleaseUnknown => $"Whether payment HSM '{resource.Id.Name}' has been released could not be read in time. Nothing was changed. Retry later, or open a support ticket.",
        _ => "Deleted.",
    };

    /// <summary>The evidence that was sealed while the deletion went on; null when none was.</summary>
    private async Task<string?> LastBundleAsync(CustomerResource resource, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var serial = resource.Serial?.ToString();
        return await db.Evidence.AsNoTracking().Where(e => e.Serial == serial && e.At >= resource.StateSince).OrderByDescending(e => e.At).Select(e => e.Digest).FirstOrDefaultAsync(cancellationToken);
    }
}
