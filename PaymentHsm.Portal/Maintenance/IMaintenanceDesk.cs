using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Maintenance;

/// <summary>The calendar of power-feed maintenance (R46 to R48).</summary>
public interface IMaintenanceDesk
{
    /// <summary>Windows by start, those to come and under way first; what is over or called off when asked for.</summary>
    Task<IReadOnlyList<FeedWindow>> ListAsync(bool withPast, CancellationToken cancellationToken);

    /// <summary>Plans a window.</summary>
    Task<Outcome<FeedWindow>> PlanAsync(Actor actor, WindowWish wish, CancellationToken cancellationToken);

    /// <summary>Calls a window off; a loss from then on is an alert again.</summary>
    Task<Outcome<FeedWindow>> CancelAsync(Actor actor, string number, CancellationToken cancellationToken);
}

/// <summary>A window as asked for; nothing in it is trusted yet.</summary>
/// <param name="Rack">Empty: every rack of the stamp.</param>
public sealed record WindowWish(string? Region, string? Stamp, string? Rack, string? Feed, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? Note);
