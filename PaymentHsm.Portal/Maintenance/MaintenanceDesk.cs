using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Maintenance;

/// <inheritdoc cref="IMaintenanceDesk"/>
internal sealed class MaintenanceDesk(IPortalDbs dbs, Ledger ledger, IFleetFeed feed, FeedWindows windows, TimeProvider clock) : IMaintenanceDesk
{
    private const int MaxNote = 1000;

    /// <summary>Longer than this is no maintenance but a rack without redundancy, and should alert.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public async Task<IReadOnlyList<FeedWindow>> ListAsync(bool withPast, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var now = clock.GetUtcNow();
        var rows = await db.Maintenance.AsNoTracking().Where(m => withPast || (m.EndsAt > now && m.CancelledAt == null)).OrderBy(m => m.StartsAt).ThenBy(m => m.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(m => m.ToWindow())];
    }

    public async Task<Outcome<FeedWindow>> PlanAsync(Actor actor, WindowWish wish, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var words = await ledger.CleanAsync(actor, "a maintenance window", null, null, [wish.Region, wish.Stamp, wish.Rack, wish.Feed, wish.Note], cancellationToken);
        wish = wish with { Region = words.Texts[0], Stamp = words.Texts[1], Rack = words.Texts[2], Feed = words.Texts[3], Note = words.Texts[4] };
        var faults = Faults(wish, now, out var feedOf);
        if ((MayPlan(actor) ?? faults) is { } refusal)
        {
            return await RefusedAsync(actor, "maintenance.plan", refusal, cancellationToken);
        }

        var rack = string.IsNullOrWhiteSpace(wish.Rack) ? null : wish.Rack.Trim();
        var (region, stamp, starts, ends) = (wish.Region!.Trim(), wish.Stamp!.Trim(), wish.StartsAt!.Value.ToUniversalTime(), wish.EndsAt!.Value.ToUniversalTime());
        var answer = await ledger.WriteAsync<Outcome<FeedWindow>>(
            async db =>
            {
                // Feeds are serviced one at a time (R46): both feeds of a rack at once would be an outage with a calendar entry.
                var near = await db.Maintenance.Where(m => m.Region == region && m.Stamp == stamp && m.CancelledAt == null && m.StartsAt < ends && m.EndsAt > starts).ToListAsync(cancellationToken);
                if (near.FirstOrDefault(m => m.Rack == null || rack == null || m.Rack == rack) is { } other)
                {
                    var why = new Refusal("R46", RefusalKind.NotInThisState, $"{FeedWindow.NumberOf(other.Id)} has feed {other.Feed} of {other.Rack ?? "all racks"} in that time; feeds are serviced one at a time.", "Choose another time, or call that window off.");
                    return (why, [new AuditNote(actor, "maintenance.plan", why.ToString(), RuleId: why.RuleId)]);
                }

                var row = new MaintenanceRow
                {
                    Region = region,
                    Stamp = stamp,
                    Rack = rack,
                    Feed = feedOf,
                    StartsAt = starts,
                    EndsAt = ends,
                    Note = wish.Note!.Trim(),
                    CreatedBy = actor.Id,
                    CreatedAt = now,
                };
                db.Maintenance.Add(row);
                await db.SaveChangesAsync(cancellationToken);
                var window = row.ToWindow();
                return (window, [new AuditNote(actor, "maintenance.planned", $"{window.Number}: feed {window.Feed} of {region}/{stamp}/{rack ?? "all racks"}, {starts:yyyy-MM-dd HH:mm}Z to {ends:yyyy-MM-dd HH:mm}Z: {window.Note}")]);
            },
            cancellationToken);
        await windows.ReadAsync(cancellationToken);
        return answer;
    }

    public async Task<Outcome<FeedWindow>> CancelAsync(Actor actor, string number, CancellationToken cancellationToken)
    {
        if (MayPlan(actor) is { } refusal)
        {
            return await RefusedAsync(actor, "maintenance.cancel", refusal, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var answer = await ledger.WriteAsync<Outcome<FeedWindow>>(
            async db =>
            {
                var id = FeedWindow.IdOf(number);
                if (id is null || await db.Maintenance.FirstOrDefaultAsync(m => m.Id == id, cancellationToken) is not { } row)
                {
                    return (new Refusal("R48", RefusalKind.NotFound, $"There is no maintenance window {number}."), []);
                }

                if (row.CancelledAt is not null || row.EndsAt <= now)
                {
                    var why = new Refusal("R48", RefusalKind.NotInThisState, row.CancelledAt is null ? $"{FeedWindow.NumberOf(row.Id)} is over." : $"{FeedWindow.NumberOf(row.Id)} was called off by {row.CancelledBy}.");
                    return (why, [new AuditNote(actor, "maintenance.cancel", why.ToString(), RuleId: why.RuleId)]);
                }

                (row.CancelledAt, row.CancelledBy) = (now, actor.Id);
                return (row.ToWindow(), [new AuditNote(actor, "maintenance.cancelled", $"{FeedWindow.NumberOf(row.Id)} called off")]);
            },
            cancellationToken);
        await windows.ReadAsync(cancellationToken);
        return answer;
    }

    private static Refusal? MayPlan(Actor actor) => actor.Role is Role.Engineering or Role.Datacenter
        ? null
        : new Refusal("R46", RefusalKind.NotThisPerson, $"Engineering and on-site staff plan feed maintenance; {actor.Id} is {actor.Role}.");

    /// <summary>All faults of the wish at once; null when there is none.</summary>
    private Refusal? Faults(WindowWish wish, DateTimeOffset now, out Feed which)
    {
        List<string> faults = [];
        var places = feed.Current.Tiles.Values.Select(t => t.Location).ToList();
        if (!Enum.TryParse(wish.Feed?.Trim(), ignoreCase: true, out which) || !Enum.IsDefined(which))
        {
            faults.Add($"'{wish.Feed}' is not a feed; use A or B.");
        }

        if (!places.Any(p => p.Region == wish.Region?.Trim() && p.Stamp == wish.Stamp?.Trim() && (string.IsNullOrWhiteSpace(wish.Rack) || p.Rack == wish.Rack.Trim())))
        {
            faults.Add($"No device stands in {wish.Region}/{wish.Stamp}{(string.IsNullOrWhiteSpace(wish.Rack) ? "" : $"/{wish.Rack}")}.");
        }

        if (wish is not { StartsAt: { } starts, EndsAt: { } ends })
        {
            faults.Add("Start and end are needed, in UTC.");
        }
        else if (ends <= starts)
        {
            faults.Add("The end lies before the start.");
        }
        else if (ends <= now)
        {
            faults.Add("The window is over already.");
        }
        else if (ends - starts > Longest)
        {
            faults.Add($"The window is longer than {Longest.TotalHours} h; split it.");
        }

        if (string.IsNullOrWhiteSpace(wish.Note) || wish.Note.Length > MaxNote)
        {
            faults.Add(string.IsNullOrWhiteSpace(wish.Note) ? "Say what is done." : $"The note has {wish.Note.Length} characters; {MaxNote} is the most.");
        }

        return faults.Count == 0 ? null : new Refusal("R48", RefusalKind.BadInput, string.Join(" ", faults));
    }

    private async Task<Refusal> RefusedAsync(Actor actor, string action, Refusal refusal, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(new AuditNote(actor, action, refusal.ToString(), RuleId: refusal.RuleId), cancellationToken);
        return refusal;
    }
}
