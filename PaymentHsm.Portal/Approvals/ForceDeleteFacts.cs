using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Approvals;

/// <summary>Reads what a force delete binds from the store, always in the same way: at the request, at each signature, at arming and at execution.</summary>
internal sealed class ForceDeleteFacts(ITicketDocuments documents)
{
    /// <summary>The binding as it is now.</summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="serial">Which device.</param>
    /// <param name="ticket">Under which ticket.</param>
    /// <param name="parameters">What was said at the request; it never changes.</param>
    /// <param name="observed">Classes of what the device shows.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ApprovalBinding> BindAsync(
        PortalDb db, HsmSerial serial, string ticket, IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken)
    {
        var text = serial.ToString();
        var device = await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Serial == text, cancellationToken);
        var resource = await db.Resources.AsNoTracking().FirstOrDefaultAsync(r => r.Serial == text, cancellationToken);
        var number = TicketNumber.Parse(ticket);
        var revision = await db.Tickets.AsNoTracking().Where(t => t.Id == number).Select(t => (long?)t.Version).FirstOrDefaultAsync(cancellationToken);
        var document = parameters.TryGetValue(Parameter.Document, out var id) ? await documents.FindAsync(ticket, id, cancellationToken) : null;
        var classes = new Dictionary<string, string>(observed)
        {
            ["lifecycle"] = device?.State.ToString() ?? "gone",
            ["custody"] = device?.Custody.ToString() ?? "gone",
            ["hold"] = device?.Hold == true ? "on hold" : "none",
        };
        return new ApprovalBinding(
            serial, device?.ServiceId.ToString() ?? "gone", resource?.Id, resource?.Generation, device?.Allocation, ticket, revision ?? 0, document?.Sha256,
            ReclaimAuthority.Action, parameters, null, classes, await ImpactAsync(db, device, resource, cancellationToken));
    }

    /// <summary>What is said once, at the request, and signed with everything else.</summary>
    public static Dictionary<string, string> Parameters(
        Guid operation, string customer, string reason, string ladder, TicketDocument document, IReadOnlyList<string> knownIssues, DateTimeOffset? lastAnswer, string? hardwareFinding)
    {
        var said = new Dictionary<string, string>
        {
            [ReclaimAuthority.OperationParameter] = operation.ToString(),
            [Parameter.Scope] = "AllCustomerContent",
            [Parameter.Customer] = customer,
            [Parameter.Reason] = reason,
            [Parameter.Ladder] = ladder,
            [Parameter.Document] = document.Id,
            [Parameter.DocumentName] = document.FileName,
            [Parameter.DocumentSender] = document.Sender,
            [Parameter.DocumentReceived] = Utc(document.ReceivedAt),
            [Parameter.DocumentChannel] = document.Channel,
            [Parameter.DocumentVerification] = $"{document.Verification}, filed by {document.UploadedBy}",
            [Parameter.KnownIssues] = knownIssues.Count == 0 ? "none for this firmware" : string.Join(" ", knownIssues),
            [Parameter.LastAnswer] = lastAnswer is { } at ? Utc(at) : "never read",
        };
        if (hardwareFinding is not null)
        {
            said[Parameter.Hardware] = $"{hardwareFinding} The unit goes to destruction, even if it is erased (R79).";
        }

        return said;
    }

    /// <summary>
    /// What the deletion means, one line per point, a heading before the colon. It names other devices by serial and place, never by health: what moves from minute to minute is no part of a
    /// signature.
    /// </summary>
    private static async Task<string> ImpactAsync(PortalDb db, DeviceRow? device, ResourceRow? resource, CancellationToken cancellationToken)
    {
        if (device is null || resource is null)
        {
            return "The device has no resource.";
        }

        var others = await db.Devices.AsNoTracking().Where(d => d.Customer == device.Customer && d.Region == device.Region && d.Serial != device.Serial)
            .OrderBy(d => d.Serial).Select(d => new { d.Serial, d.Stamp }).ToListAsync(cancellationToken);
        var name = resource.Id[(resource.Id.LastIndexOf('/') + 1)..];
        var peers = others.Count == 0 ? $"The only HSM of {resource.Customer} in {device.Region}: nothing there takes over."
            : others.TrueForAll(o => o.Stamp == device.Stamp) ? $"{string.Join(", ", others.Select(o => o.Serial))}, in the same stamp: not a high-availability pair. Whether traffic moves there is the customer's own work."
            : $"{string.Join(", ", others.Select(o => $"{o.Serial} in {o.Stamp}"))}. Whether traffic moves there is the customer's own work.";
        return string.Join('\n',
        [
            $"What happens: When {name} is deleted, the portal sends Reclaim to {device.Serial} without checking that the customer released it. All keys, settings and logs of {resource.Customer} on this device {ForceDeleteRules.Loss}. The operator holds no copy.",
            "Lost: LMK and security domain, keys, settings, audit and error logs. Backups are the customer's own.",
            $"Other HSMs: {peers}",
            $"Resource: {name} goes away either way, and billing stops. A replacement is a new HSM that the customer creates and fills from their own backup.",
            "If the Reclaim cannot be read back: the device is quarantined as not sanitised; it leaves only by a later verified Reclaim or by destruction.",
        ]);
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Names of the bound parameters.</summary>
    internal static class Parameter
    {
        public const string Scope = "scope";
        public const string Customer = "customer";
        public const string Reason = "reason";
        public const string Ladder = "ladder";
        public const string Document = "documentId";
        public const string DocumentName = "documentName";
        public const string DocumentSender = "documentSender";
        public const string DocumentReceived = "documentReceivedAt";
        public const string DocumentChannel = "documentChannel";
        public const string DocumentVerification = "documentVerification";
        public const string KnownIssues = "knownIssues";
        public const string LastAnswer = "lastAnswer";
        public const string Hardware = "hardware";
    }
}
