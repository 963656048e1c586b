using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>
/// Changes the SKU of a resource in use (A7, R16): the licence is pushed and read back. What is pending is stored, so it goes on after a crash; pushing the
/// same licence twice changes nothing.
/// </summary>
internal sealed class SkuChanges(IResourceStore store, IOutOfBandLinks links, TimeProvider clock)
{
    /// <summary>How long the device may take to be reached before the old licence stands.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(2);

    /// <summary>Pushes what is pending and reads it back. Returns the resource as it is then; still pending when the device could not be asked.</summary>
    public async Task<CustomerResource?> GoOnAsync(CustomerResource resource, CancellationToken cancellationToken)
    {
        if (resource is not { PendingSku: { } sku, Serial: { } serial })
        {
            return resource;
        }

        var link = links.LinkTo(serial);
        var trouble = "";
        try
        {
            var pushed = await link.PushLicenceAsync(IdOf(resource), sku.CallsPerSecond, sku.LmkCount, cancellationToken);
            var read = await link.ReadLicenceAsync(cancellationToken);
            if (read.CallsPerSecond == sku.CallsPerSecond && read.LmkCount == sku.LmkCount)
            {
                return await EndAsync(resource, sku, "Ready for use.", $"SKU of {resource.Id} is {sku}: read back {read.CallsPerSecond} calls per second, {read.LmkCount} LMK", cancellationToken);
            }

            trouble = $"The device {(pushed.Accepted ? "accepted the licence but reports" : $"refused the licence ({pushed.Answer}) and reports")} {read.CallsPerSecond} calls per second, {read.LmkCount} LMK.";
        }
        catch (LinkException e)
        {
            trouble = e.Message;
            if (e.IsTransient && clock.GetUtcNow() - resource.Modified.At < GiveUpAfter)
            {
                return resource;
            }
        }

        return await EndAsync(resource, resource.Sku, $"Ready for use. The change to {sku} was not proven: {trouble}", $"SKU of {resource.Id} stays {resource.Sku}: {trouble}", cancellationToken);
    }

    private async Task<CustomerResource?> EndAsync(CustomerResource resource, ResourceSku sku, string message, string detail, CancellationToken cancellationToken) =>
        await store.SaveAsync(resource with { Sku = sku, PendingSku = null, StatusMessage = message }, new AuditNote(Actor.Portal, sku == resource.Sku ? "resource.sku.failed" : "resource.sku.changed", detail, resource.Serial), null, null, cancellationToken)
        ?? await store.FindAsync(resource.Id, cancellationToken);

    /// <summary>The same change has the same id, whoever goes on with it.</summary>
    private static Guid IdOf(CustomerResource resource) => DerivedId.Of($"{resource.Id.Key}\n{resource.Created.At:O}\n{resource.Generation}", "licence");
}
