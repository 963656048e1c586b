using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>
/// Gives the simulated fleet a life: approved subscriptions, and about a third of the devices with sample customers, by the same way that a customer's request
/// takes. What was asked for once is never asked for again, and a first run that was cut short is completed by the next.
/// </summary>
internal sealed class FleetSeeder(
    IResourceDesk resources, ISubscriptionDesk subscriptions, IDeviceStore devices, IPortalDbs dbs, IFleetFeed feed, PortalSettings settings, TimeProvider clock)
{
    /// <summary>The subscription that automation finds approved.</summary>
    private static readonly Guid Automation = new("7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c");

    /// <summary>Devices that stay free in each stamp, whatever the size of the fleet.</summary>
    private const int KeepFree = 3;

    private static readonly string[] Customers = ["Contoso Acquiring", "Fabrikam Payments", "Northwind Bank", "Woodgrove Bank", "Adatum Processing", "Tailspin Cards"];

    private bool _prepared;
    private bool _done;

    /// <summary>Approves automation's subscription: before anything else, so that a program finds it as soon as the portal answers.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!_prepared && settings.Fleet.Seed && IsSimulated)
        {
            await ApproveAsync(Automation, "Litware Payments", cancellationToken);
            _prepared = true;
        }
    }

    /// <summary>Asks for what is missing, once the devices are in the pool.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (_done || !settings.Fleet.Seed || settings.Fleet.Intake == IntakeMode.Manual || !IsSimulated)
        {
            return;
        }

        _done = true;
        foreach (var (subscription, customer, request) in await PlanAsync(cancellationToken))
        {
            if (!await WasAskedAsync(request.Id, cancellationToken))
            {
                await ApproveAsync(subscription, customer, cancellationToken);
                await WaitForAFitDeviceAsync(request.Location, request.Stamp!, cancellationToken);
                await resources.PutAsync(Actor.Portal, request, cancellationToken);
            }
        }
    }

    /// <summary>A real fleet is never enrolled from loopback.</summary>
    private bool IsSimulated => settings.Simulator.Enabled || settings.Fleet.Source is { IsLoopback: true };

    private async Task ApproveAsync(Guid subscription, string customer, CancellationToken cancellationToken)
    {
        if (await subscriptions.FindAsync(subscription, cancellationToken) is null)
        {
            await subscriptions.RequestAsync(Actor.Portal, subscription.ToString(), customer, "Sample customer of the simulated fleet", cancellationToken);
        }

        await subscriptions.ApproveAsync(Actor.Portal, subscription, cancellationToken);
    }

    private async Task<bool> WasAskedAsync(ResourceId id, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = id.ToString();
        return await db.Resources.AnyAsync(r => r.Key == id.Key, cancellationToken) || await db.Audit.AnyAsync(a => a.Action == "resource.create" && a.Detail!.StartsWith(text), cancellationToken);
    }

    private async Task<List<(Guid Subscription, string Customer, ResourceRequest Request)>> PlanAsync(CancellationToken cancellationToken)
    {
        List<(Guid, string, ResourceRequest)> plan = [];
        var stamps = (await devices.AllAsync(cancellationToken)).GroupBy(d => (d.Enrolled.Location.Region, d.Enrolled.Location.Stamp)).OrderBy(g => g.Key).ToList();
        var regions = stamps.Select(s => s.Key.Region).Distinct().ToList();
        foreach (var stamp in stamps)
        {
            var count = stamp.Count();
            for (var i = 0; i < Math.Min(count / 3, count - KeepFree); i++)
            {
                // The same customers in both stamps of a region: pairs across stamps are what high availability asks for (R18). Two per stamp is a subscription's quota (R19).
                var customer = Customers[(i + (regions.IndexOf(stamp.Key.Region) * 2)) % Customers.Length];
                var subscription = SubscriptionOf(customer, i / (Customers.Length * Placement.QuotaPerStamp));
                var name = $"{customer.Split(' ')[0]}-{Short(stamp.Key.Region)}-{stamp.Key.Stamp[^1]}-{(i / Customers.Length) + 1}".ToLower(CultureInfo.InvariantCulture);
                var network = new NetworkProfile($"/subscriptions/{subscription}/resourceGroups/payments/providers/Microsoft.Network/virtualNetworks/vnet-pay/subnets/snet-hsm", []);
                plan.Add((subscription, customer, new ResourceRequest(
                    new ResourceId(subscription, "payments", name), stamp.Key.Region, ResourceSku.All[i % ResourceSku.All.Count], stamp.Key.Stamp, [],
                    new Dictionary<string, string> { ["environment"] = "production" }, network, null)));
            }
        }

        return plan;
    }

    private static string Short(string region) => region switch
    {
        "eastus" => "eus",
        "westeurope" => "weu",
        _ => region.Length > 8 ? region[..8] : region,
    };

    private static Guid SubscriptionOf(string customer, int number) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{customer} {number}")).AsSpan(0, 16));

    /// <summary>A device is reserved only when its health is OK and fresh; right after the start that takes a poll or two.</summary>
    private async Task WaitForAFitDeviceAsync(string region, string stamp, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(TimeSpan.FromSeconds(30));
        var live = feed.Subscribe(enough.Token);
        bool Fit(HsmTile tile) => tile.Location.Region == region && tile.Location.Stamp == stamp && Placement.IsFit(tile, clock.GetUtcNow());
        if (live.Snapshot.Tiles.Values.Any(Fit))
        {
            return;
        }

        try
        {
            await foreach (var batch in live.Changes)
            {
                if (batch.Any(Fit))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // None gets well: the resource is asked for all the same and says why it fails.
        }
    }
}
