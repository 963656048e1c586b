using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Finds a controller's resources by following links from the service root, never by guessing paths. Each branch fails by itself.</summary>
internal sealed class Discovery(DeviceChannel channel)
{
    private const int MostMembers = 256;

    public async Task<DeviceMap> RunAsync(CancellationToken stop)
    {
        var root = await channel.RetriedAsync(() => channel.Sessions.ReadRootAsync(stop), stop).ConfigureAwait(false);
        var systems = await MembersAsync(root.At("Systems").Link, stop).ConfigureAwait(false);
        var map = new DeviceMap(systems.Count > 0 ? systems[0] : throw new RedfishException(LinkFault.Protocol, "The controller shows no system."));
        var system = await channel.GetAsync(map.System, stop).ConfigureAwait(false);
        channel.Sessions.CheckSerial(system);

        await BranchAsync(map, MapBranch.Chassis, async () => map.Chassis =
            Own(system.At("Links", "Chassis").Items.FirstOrDefault().Link) ?? await FirstAsync(root.At("Chassis").Link, stop).ConfigureAwait(false)).ConfigureAwait(false);
        await BranchAsync(map, MapBranch.Manager, async () => map.Manager =
            Own(system.At("Links", "ManagedBy").Items.FirstOrDefault().Link) ?? await FirstAsync(root.At("Managers").Link, stop).ConfigureAwait(false)).ConfigureAwait(false);
        var chassis = default(JsonView);
        if (map.Chassis is { } place)
        {
            await BranchAsync(map, MapBranch.Chassis, async () => chassis = await channel.GetAsync(place, stop).ConfigureAwait(false)).ConfigureAwait(false);
        }

        await InChassisAsync(map, chassis, stop).ConfigureAwait(false);
        await BranchAsync(map, MapBranch.Ports, async () => map.Ports = await PortsAsync(system, chassis, stop).ConfigureAwait(false)).ConfigureAwait(false);
        await BranchAsync(map, MapBranch.AuditLog, async () => map.AuditEntries = await AuditEntriesAsync(system, stop).ConfigureAwait(false)).ConfigureAwait(false);
        await BranchAsync(map, MapBranch.Events, async () => map.EventStream =
            Own((await ReadAsync(root.At("EventService").Link, stop).ConfigureAwait(false)).At("ServerSentEventUri").Text)).ConfigureAwait(false);
        await BranchAsync(map, MapBranch.Firmware, async () => map.Firmware = await FirmwareAsync(root, stop).ConfigureAwait(false)).ConfigureAwait(false);
        return map;
    }

    private async Task InChassisAsync(DeviceMap map, JsonView chassis, CancellationToken stop)
    {
        map.OldThermal = Own(chassis.At("Thermal").Link);
        map.OldPower = Own(chassis.At("Power").Link);
        if (map.Problems.TryGetValue(MapBranch.Chassis, out var problem))
        {
            foreach (var branch in new[] { MapBranch.Thermal, MapBranch.Fans, MapBranch.Power, MapBranch.Sensors })
            {
                map.Problems[branch] = problem;
            }

            return;
        }

        var thermal = default(JsonView);
        await BranchAsync(map, MapBranch.Thermal, async () =>
        {
            thermal = await ReadAsync(chassis.At("ThermalSubsystem").Link, stop).ConfigureAwait(false);
            map.ThermalMetrics = Own(thermal.At("ThermalMetrics").Link);
        }).ConfigureAwait(false);
        await BranchAsync(map, MapBranch.Fans, async () => map.Fans = map.Problems.TryGetValue(MapBranch.Thermal, out var above)
            ? throw above
            : await MembersAsync(thermal.At("Fans").Link, stop).ConfigureAwait(false)).ConfigureAwait(false);
        await BranchAsync(map, MapBranch.Power, async () => map.Supplies =
            await MembersAsync((await ReadAsync(chassis.At("PowerSubsystem").Link, stop).ConfigureAwait(false)).At("PowerSupplies").Link, stop).ConfigureAwait(false)).ConfigureAwait(false);
        await BranchAsync(map, MapBranch.Sensors, async () => map.Sensors =
            ById(await MembersAsync(chassis.At("Sensors").Link, stop).ConfigureAwait(false))).ConfigureAwait(false);
    }

    private async Task<IReadOnlyDictionary<string, Uri>> PortsAsync(JsonView system, JsonView chassis, CancellationToken stop)
    {
        var found = new List<Uri>(await MembersAsync(system.At("EthernetInterfaces").Link, stop).ConfigureAwait(false));
        if (found.Count == 0)
        {
            foreach (var adapter in await MembersAsync(chassis.At("NetworkAdapters").Link, stop).ConfigureAwait(false))
            {
                var ports = (await channel.GetAsync(adapter, stop).ConfigureAwait(false)).At("Ports").Link;
                found.AddRange(await MembersAsync(ports, stop).ConfigureAwait(false));
            }
        }

        return ById(found);
    }

    private async Task<Uri?> AuditEntriesAsync(JsonView system, CancellationToken stop)
    {
        var logs = ById(await MembersAsync(system.At("LogServices").Link, stop).ConfigureAwait(false));
        return logs.TryGetValue("ServiceAudit", out var log) ? Own((await channel.GetAsync(log, stop).ConfigureAwait(false)).At("Entries").Link) : null;
    }

    private async Task<Uri?> FirmwareAsync(JsonView root, CancellationToken stop)
    {
        var service = await ReadAsync(root.At("UpdateService").Link, stop).ConfigureAwait(false);
        return ById(await MembersAsync(service.At("FirmwareInventory").Link, stop).ConfigureAwait(false)).GetValueOrDefault("HsmBase");
    }

    private async Task<IReadOnlyList<Uri>> MembersAsync(string? link, CancellationToken stop)
    {
        var members = new List<Uri>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = link; next is not null && members.Count < MostMembers && seen.Add(next);)
        {
            var page = await ReadAsync(next, stop).ConfigureAwait(false);
            members.AddRange(page.At("Members").Items.Select(member => member.Link).OfType<string>().Take(MostMembers).Select(channel.Origin.Resolve));
            next = page.At("Members@odata.nextLink").Text;
        }

        return members;
    }

    private async Task<Uri?> FirstAsync(string? link, CancellationToken stop) =>
        await MembersAsync(link, stop).ConfigureAwait(false) is [var first, ..] ? first : null;

    private async Task<JsonView> ReadAsync(string? link, CancellationToken stop) =>
        link is null ? default : await channel.GetAsync(channel.Origin.Resolve(link), stop).ConfigureAwait(false);

    private Uri? Own(string? link) => link is null ? null : channel.Origin.Resolve(link);

    private static Dictionary<string, Uri> ById(IEnumerable<Uri> places)
    {
        var byId = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in places)
        {
            byId.TryAdd(Uri.UnescapeDataString(place.Segments[^1].TrimEnd('/')), place);
        }

        return byId;
    }

    private static async Task BranchAsync(DeviceMap map, MapBranch branch, Func<Task> look)
    {
        try
        {
            await look().ConfigureAwait(false);
        }
        catch (RedfishException failure) when (failure.Fault is not (LinkFault.WrongDevice or LinkFault.TrustFailed))
        {
            map.Problems[branch] = failure;
        }
    }
}
