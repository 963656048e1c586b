namespace PaymentHsm.Device.Redfish;

/// <summary>Where a controller keeps what the driver reads. A null or missing place means that the controller has no such resource, or that <see cref="Problems"/> says why it was not found.</summary>
internal sealed class DeviceMap(Uri system)
{
    public Uri System { get; } = system;

    public Uri? Chassis { get; set; }

    public Uri? Manager { get; set; }

    public Uri? ThermalMetrics { get; set; }

    /// <summary>The older <c>Thermal</c> resource of peers without a thermal subsystem.</summary>
    public Uri? OldThermal { get; set; }

    /// <summary>The older <c>Power</c> resource of peers without a power subsystem.</summary>
    public Uri? OldPower { get; set; }

    public IReadOnlyList<Uri> Fans { get; set; } = [];

    public IReadOnlyList<Uri> Supplies { get; set; } = [];

    /// <summary>Sensors by id.</summary>
    public IReadOnlyDictionary<string, Uri> Sensors { get; set; } = new Dictionary<string, Uri>();

    /// <summary>Ports by id: EthernetInterfaces, or Ports of a network adapter.</summary>
    public IReadOnlyDictionary<string, Uri> Ports { get; set; } = new Dictionary<string, Uri>();

    public Uri? AuditEntries { get; set; }

    public Uri? EventStream { get; set; }

    public Uri? Firmware { get; set; }

    /// <summary>Branches that could not be looked at, with the fault; asked again next time.</summary>
    public Dictionary<MapBranch, RedfishException> Problems { get; } = [];

    public bool IsComplete => Problems.Count == 0;

    /// <summary>The problem of a branch in words; otherwise that the controller has no such thing.</summary>
    public string WhyMissing(MapBranch branch, string what) => Problems.TryGetValue(branch, out var problem) ? problem.Message : $"The controller has no {what}.";
}

/// <summary>Branches of the resource tree; each is looked for by itself.</summary>
internal enum MapBranch
{
    Chassis,
    Manager,
    Thermal,
    Fans,
    Power,
    Sensors,
    Ports,
    AuditLog,
    Events,
    Firmware,
}
