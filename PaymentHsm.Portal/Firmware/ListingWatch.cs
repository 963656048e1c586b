using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Firmware;

/// <summary>
/// Looks at every certificate and listing twice a day (R37). What ends soon, and what has ended, is logged and put into the audit log at most once a day each,
/// so that it is seen without anybody opening the firmware page. What has ended while devices run that firmware is work: one ticket for each certificate or
/// listing, however often the portal looks or starts.
/// </summary>
internal sealed class ListingWatch(IFirmwareCatalogue catalogue, FirmwarePool pool, Ledger ledger, NoticeWriter notices, PortalSettings settings, TimeProvider clock, ILogger<ListingWatch> log) : BackgroundService
{
    /// <summary>More devices than these are counted, not named.</summary>
    private const int MostNamed = 50;

    private static readonly TimeSpan Period = TimeSpan.FromHours(12);

    /// <summary>The live picture tells what runs on the devices; until it is there nothing can be said of them.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Version, string What), DateTimeOffset> _told = [];

    /// <summary>One look at everything that ends.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var expiring = (await catalogue.ReadAsync(cancellationToken)).Expiring(now, settings.Firmware.WarnBeforeExpiry);
        foreach (var ending in expiring)
        {
            await TellAsync(ending, now, cancellationToken);
        }

        if (expiring.Where(e => e.Listing.ValidUntil <= now).ToList() is { Count: > 0 } ended)
        {
            var devices = await pool.ReadAsync(null, cancellationToken);
            foreach (var over in ended)
            {
                await RaiseAsync(over, [.. devices.Where(d => d.Device.Firmware == over.Version && d.Device.Record.State != HsmState.Destroyed)], now, cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await SafelyLookAsync(stoppingToken);
        using var timer = new PeriodicTimer(FirstLook, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = Period;
            await SafelyLookAsync(stoppingToken);
        }
    }

    private async Task SafelyLookAsync(CancellationToken stop)
    {
        try
        {
            await LookAsync(stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.WaveFailed(Period, e);
        }
    }

    private async Task TellAsync(ListingExpiry ending, DateTimeOffset now, CancellationToken stop)
    {
        if (_told.TryGetValue((ending.Version, ending.What), out var last) && now - last < TimeSpan.FromDays(1))
        {
            return;
        }

        _told[(ending.Version, ending.What)] = now;
        log.ListingEnds(ending.What, ending.Listing.Id, ending.Version, Day(ending));
        await ledger.NoteAsync(new AuditNote(Actor.Portal, ending.Listing.Covers(now) ? "firmware.listing.ending" : "firmware.listing.ended", $"{ending.What} {ending.Listing.Id} of {ending.Version}: until {Day(ending)}"), stop);
    }

    /// <summary>A ticket is about a device: the first that runs the firmware carries it, the others are named in it.</summary>
    private async Task RaiseAsync(ListingExpiry over, IReadOnlyList<(PoolDevice Device, string? Customer)> running, DateTimeOffset now, CancellationToken stop)
    {
        if (running.Count == 0)
        {
            return;
        }

        var reference = $"R37/{over.Version}/{over.What}/{over.Listing.Id}/{Day(over)}";
        var ordered = running.OrderBy(d => d.Device.Record.Serial.ToString(), StringComparer.Ordinal).ToList();
        var (first, subject) = (ordered[0], $"{over.What} of firmware {over.Version} has ended");
        await ledger.WriteAsync<bool>(
            async db =>
            {
                if (await db.Tickets.AnyAsync(t => t.Reference == reference, stop))
                {
                    return (false, []);
                }

                var row = new TicketRow
                {
                    Subject = subject,
                    Serial = first.Device.Record.Serial.ToString(),
                    Customer = first.Customer,
                    Category = TicketCategory.Other,
                    Severity = Severity.Medium,
                    Description = Describe(over, ordered),
                    State = TicketState.Open,
                    OpenedBy = Actor.Portal.Id,
                    OpenedAt = now,
                    Reference = reference,
                    Version = 1,
                };
                row.Take(TicketClock.Start(row.Severity, settings.Tickets.Clocks.Options, now));
                db.Tickets.Add(row);
                await db.SaveChangesAsync(stop);
                var ticket = row.ToTicket();
                await notices.AddAsync(
                    db,
                    new Notice($"listing/{ticket.Number}", "firmware.listing", NoticeLevel.Action, subject, $"{running.Count} {(running.Count == 1 ? "device runs" : "devices run")} it; {ticket.Number} was opened.", $"/tickets/{ticket.Number}", new Audience([], Role.Engineering), ticket.Serial, ticket.Number),
                    stop);
                return (true, [new AuditNote(Actor.Portal, "ticket.opened", $"{ticket.Number} opened: {subject}", ticket.Serial, ticket.Number, RuleId: "R37", After: TicketFacts.Of(ticket))]);
            },
            stop);
    }

    private static string Describe(ListingExpiry over, List<(PoolDevice Device, string? Customer)> running)
    {
        var names = string.Join(", ", running.Take(MostNamed).Select(d => $"{d.Device.Record.Serial} ({d.Customer ?? "operator"})"));
        var more = running.Count > MostNamed ? $" and {running.Count - MostNamed} more" : "";
        return $"{over.What} {over.Listing.Id} of firmware {over.Version} was valid until {Day(over)}. Firmware without it is not approved: such a device is given to no customer (R37). "
            + $"Free devices are brought to the base image by a wave; a customer patches a device that it holds (R40), so tell them. Devices that run it: {names}{more}.";
    }

    private static string Day(ListingExpiry ending) => ending.Listing.ValidUntil.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
