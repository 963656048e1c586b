using System.Globalization;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>
/// Gives the simulated fleet a life: about a third of its devices go to sample customers, by the same allocation that a customer's request takes.
/// What was asked for once is never asked for again, and a first run that was cut short is completed by the next.
/// </summary>
internal sealed class FleetSeeder(IOperationStore operations, IDeviceStore devices, IFleetFeed feed, IGrainFactory grains, PortalSettings settings, TimeProvider clock)
{
    private const string Subscription = "/subscriptions/7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c/resourceGroups/payments/providers/Microsoft.HardwareSecurityModules/dedicatedHSMs";

    /// <summary>Devices that stay free in each stamp, whatever the size of the fleet.</summary>
    private const int KeepFree = 3;

    private static readonly string[] Customers = ["Contoso Acquiring", "Fabrikam Payments", "Northwind Bank", "Woodgrove Bank", "Adatum Processing", "Tailspin Cards"];

    private bool _done;

    /// <summary>Asks for what is missing, once the devices are in the pool and healthy.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (_done || !settings.Fleet.Seed || !IsSimulated)
        {
            return;
        }

        _done = true;
        foreach (var (serial, customer, name) in await PlanAsync(cancellationToken))
        {
            await WaitUntilFitAsync(serial, cancellationToken);
            var now = clock.GetUtcNow();
            var asked = AllocationSteps.Request(Guid.CreateVersion7(now), serial, customer, $"{Subscription}/{name}", $"Sample customer of the simulated fleet: {name}", Actor.Portal.Id, now);
            if (await operations.AddAsync(asked, new AuditNote(Actor.Portal, "operation.requested", $"Allocation of {serial} to {customer}", serial, null, asked.Id), cancellationToken) is { } stored)
            {
                await grains.GetGrain<IHsmGrain>(serial.ToString()).DriveAsync(stored.Id);
            }
        }
    }

    /// <summary>A real fleet is never enrolled from loopback.</summary>
    private bool IsSimulated => settings.Simulator.Enabled || settings.Fleet.Source is { IsLoopback: true };

    private async Task<List<(HsmSerial Serial, string Customer, string Name)>> PlanAsync(CancellationToken cancellationToken)
    {
        List<(HsmSerial, string, string)> plan = [];
        var stamps = (await devices.AllAsync(cancellationToken)).GroupBy(d => (d.Enrolled.Location.Region, d.Enrolled.Location.Stamp)).OrderBy(g => g.Key);
        var region = 0;
        string? before = null;
        foreach (var stamp in stamps)
        {
            region += before is null || before == stamp.Key.Region ? 0 : 1;
            before = stamp.Key.Region;
            var all = stamp.OrderBy(d => (d.Enrolled.Location.Rack, d.Enrolled.Location.Slot)).ToList();
            for (var i = 0; i < Math.Min(all.Count / 3, all.Count - KeepFree); i++)
            {
                if (all[i].Record is not { State: HsmState.Available, Serial: var serial } || await operations.HasEverAsync(serial, OperationKind.Allocation, cancellationToken))
                {
                    continue;
                }

                // The same customers in both stamps of a region: pairs across stamps are what high availability asks for (R18).
                var customer = Customers[(i + (region * 2)) % Customers.Length];
                var name = $"{customer.Split(' ')[0]}-hsm-{stamp.Key.Region}-{stamp.Key.Stamp}-{(i / Customers.Length) + 1}";
                plan.Add((serial, customer, name.ToLower(CultureInfo.InvariantCulture)));
            }
        }

        return plan;
    }

    /// <summary>A device is reserved only when its health is OK and fresh; right after the start that takes a poll or two.</summary>
    private async Task WaitUntilFitAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(TimeSpan.FromSeconds(30));
        var live = feed.Subscribe(enough.Token);
        bool Fit(HsmTile? tile) => tile is { Health: Health.Ok } && !tile.IsStale(clock.GetUtcNow());
        if (Fit(live.Snapshot.Tiles.GetValueOrDefault(serial)))
        {
            return;
        }

        try
        {
            await foreach (var batch in live.Changes)
            {
                if (batch.Any(t => t.Serial == serial && Fit(t)))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It does not get well: the allocation is asked for all the same and says why it is refused.
        }
    }
}
