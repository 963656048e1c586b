using System.Globalization;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>
/// Reads the end of the service audit log (OOB-PROFILE 7), page by page from the newest backwards: entries that the log drops meanwhile at its
/// head shift the pages so that they overlap, never so that one is missed.
/// </summary>
internal sealed class AuditLogReader(DeviceChannel channel)
{
    private const int PageSize = 100;
    private const int MostPages = 120;

    /// <summary>The log's place; null when the peer has none. A log that could not be looked for is a fault, not an absence.</summary>
    public async Task<Uri?> FindAsync(CancellationToken stop)
    {
        var map = await channel.MapAsync(stop).ConfigureAwait(false);
        return map.AuditEntries ?? (map.Problems.TryGetValue(MapBranch.AuditLog, out var problem) ? throw problem : null);
    }

    /// <summary>The newest page, ascending.</summary>
    public async Task<IReadOnlyList<ServiceAuditEntry>> ReadNewestAsync(Uri entries, CancellationToken stop)
    {
        var (found, _) = await ReadBackAsync(entries, long.MaxValue, stop).ConfigureAwait(false);
        return found;
    }

    /// <summary>Every entry above <paramref name="mark"/>, ascending, and whether some above it may be gone.</summary>
    public async Task<(IReadOnlyList<ServiceAuditEntry> Entries, bool HasGap)> ReadAboveAsync(Uri entries, long mark, CancellationToken stop)
    {
        var (found, atStart) = await ReadBackAsync(entries, mark, stop).ConfigureAwait(false);
        var above = found.Where(entry => entry.Id > mark).ToList();

        // Nothing at or below the mark is left although there was something: only the mark's direct successor proves that nothing lies between.
        var markGone = mark > 0 && atStart && found.All(entry => entry.Id > mark) && (above.Count == 0 || above[0].Id != mark + 1);
        var wentBack = found.Count > 0 && found[^1].Id < mark;
        return (above, markGone || wentBack || (!atStart && found.All(entry => entry.Id > mark)));
    }

    private async Task<(IReadOnlyList<ServiceAuditEntry> Found, bool AtStart)> ReadBackAsync(Uri entries, long mark, CancellationToken stop)
    {
        var found = new SortedDictionary<long, ServiceAuditEntry>();
        var count = (await PageAsync(entries, 0, 1, stop).ConfigureAwait(false)).Count;
        var skip = Math.Max(0, count - PageSize);
        for (var page = 0; page < MostPages; page++)
        {
            await TakeAsync(entries, skip, found, stop).ConfigureAwait(false);
            if (skip == 0 || found.Count == 0 || found.First().Key <= mark)
            {
                return ([.. found.Values], skip == 0);
            }

            skip = Math.Max(0, skip - PageSize);
        }

        return ([.. found.Values], false);
    }

    /// <summary>Takes one page and, at the end of the log, what was written since it was counted.</summary>
    private async Task TakeAsync(Uri entries, long skip, SortedDictionary<long, ServiceAuditEntry> found, CancellationToken stop)
    {
        var (_, items, next) = await PageAsync(entries, skip, PageSize, stop).ConfigureAwait(false);
        Add(items, found);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (next is not null && seen.Count < MostPages && seen.Add(next))
        {
            var view = await channel.GetAsync(channel.Origin.Resolve(next), stop).ConfigureAwait(false);
            items = [.. view.At("Members").Items];
            Add(items, found);
            next = view.At("Members@odata.nextLink").Text;
        }
    }

    private async Task<(long Count, IReadOnlyList<JsonView> Items, string? Next)> PageAsync(Uri entries, long skip, long top, CancellationToken stop)
    {
        var uri = new UriBuilder(entries) { Query = string.Create(CultureInfo.InvariantCulture, $"$skip={skip}&$top={top}") }.Uri;
        var page = await channel.GetAsync(uri, stop).ConfigureAwait(false);
        IReadOnlyList<JsonView> items = [.. page.At("Members").Items];
        return page.At("Members@odata.count").Integer is >= 0 and var count
            ? (count, items, top > 1 ? page.At("Members@odata.nextLink").Text : null)
            : throw new RedfishException(LinkFault.Protocol, "The service audit log does not say how many entries it has.");
    }

    private static void Add(IEnumerable<JsonView> items, SortedDictionary<long, ServiceAuditEntry> found)
    {
        foreach (var item in items)
        {
            if (ToEntry(item) is { } entry)
            {
                found[entry.Id] = entry;
            }
        }
    }

    private static ServiceAuditEntry? ToEntry(JsonView item)
    {
        if (!long.TryParse(item.At("Id").Text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || item.At("Created").Time is not { } created
            || item.At("MessageId").Text is not { } message)
        {
            return null;
        }

        var oem = item.At("Oem", "PaymentHsm");
        return new ServiceAuditEntry(
            id,
            created,
            RedfishMessage.KeyOf(message),
            [.. item.At("MessageArgs").Items.Select(argument => argument.Text ?? "")],
            oem.At("OperationId").Id,
            oem.At("BootId").Integer,
            item.At("Username").Text);
    }
}
