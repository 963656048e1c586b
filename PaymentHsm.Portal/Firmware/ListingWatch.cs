using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Firmware;

/// <summary>
/// Looks at every certificate and listing twice a day (R37). What ends soon, and what has ended, is logged and put into the audit log at most once a day each,
/// so that it is seen without anybody opening the firmware page.
/// </summary>
internal sealed class ListingWatch(IFirmwareCatalogue catalogue, Ledger ledger, PortalSettings settings, TimeProvider clock, ILogger<ListingWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(12);

    private readonly Dictionary<(string Version, string What), DateTimeOffset> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.WaveFailed(Period, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        foreach (var ending in (await catalogue.ReadAsync(stop)).Expiring(now, settings.Firmware.WarnBeforeExpiry))
        {
            if (_told.TryGetValue((ending.Version, ending.What), out var last) && now - last < TimeSpan.FromDays(1))
            {
                continue;
            }

            _told[(ending.Version, ending.What)] = now;
            var until = ending.Listing.ValidUntil.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            log.ListingEnds(ending.What, ending.Listing.Id, ending.Version, until);
            await ledger.NoteAsync(new AuditNote(Actor.Portal, ending.Listing.Covers(now) ? "firmware.listing.ending" : "firmware.listing.ended", $"{ending.What} {ending.Listing.Id} of {ending.Version}: until {until}"), stop);
        }
    }
}
