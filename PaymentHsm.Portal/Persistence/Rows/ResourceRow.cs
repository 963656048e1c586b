using System.Text.Json;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One customer's resource. It goes when the resource goes; the allocation and the audit log stay.</summary>
internal sealed class ResourceRow
{
    /// <summary>The id in one spelling.</summary>
    public required string Key { get; set; }

    /// <summary>The id as first written.</summary>
    public required string Id { get; set; }
    public Guid Subscription { get; set; }

    /// <summary>Resource group in upper case, for lists.</summary>
    public required string GroupKey { get; set; }
    public required string Location { get; set; }
    public required string Sku { get; set; }
    public string? Stamp { get; set; }
    public required string Zones { get; set; }
    public required string Tags { get; set; }
    public required string Host { get; set; }
    public string? Management { get; set; }
    public ResourceState State { get; set; }
    public required string StatusMessage { get; set; }
    public string? FaultCode { get; set; }
    public string? FaultMessage { get; set; }
    public string? Serial { get; set; }
    public Guid? Operation { get; set; }
    public required string Customer { get; set; }
    public required string Created { get; set; }
    public required string Modified { get; set; }
    public DateTimeOffset StateSince { get; set; }
    public DateTimeOffset? DeletionBlockedSince { get; set; }
    public string? PendingSku { get; set; }
    public required string Tried { get; set; }
    public long Generation { get; set; }

    /// <summary>Guards every write: a writer names the version it read.</summary>
    public long Version { get; set; }

    public static ResourceRow Of(CustomerResource resource)
    {
        var row = new ResourceRow
        {
            Key = resource.Id.Key,
            Id = resource.Id.ToString(),
            Subscription = resource.Id.Subscription,
            GroupKey = resource.Id.Group.ToUpperInvariant(),
            Location = resource.Location,
            Sku = resource.Sku.Name,
            Zones = "",
            Tags = "",
            Host = "",
            StatusMessage = resource.StatusMessage,
            Customer = resource.Customer,
            Created = Json(resource.Created),
            Modified = "",
            Tried = "",
        };
        row.Take(resource);
        return row;
    }

    /// <summary>Takes over everything that can change.</summary>
    public void Take(CustomerResource resource)
    {
        Sku = resource.Sku.Name;
        Stamp = resource.Stamp;
        Zones = Json(resource.Zones);
        Tags = Json(resource.Tags);
        Host = Json(resource.Host);
        Management = resource.Management is null ? null : Json(resource.Management);
        State = resource.State;
        StatusMessage = resource.StatusMessage;
        FaultCode = resource.Fault?.Code;
        FaultMessage = resource.Fault?.Message;
        Serial = resource.Serial?.ToString();
        Operation = resource.Operation;
        Customer = resource.Customer;
        Modified = Json(resource.Modified);
        StateSince = resource.StateSince;
        DeletionBlockedSince = resource.DeletionBlockedSince;
        PendingSku = resource.PendingSku?.Name;
        Tried = Json(resource.Tried);
        Generation = resource.Generation;
    }

    public CustomerResource ToResource() => new(
        ResourceId.TryParse(Id, out var id) ? id : throw new InvalidOperationException($"'{Id}' is no resource id."),
        Location, SkuOf(Sku)!, Stamp, Read<IReadOnlyList<string>>(Zones), Read<IReadOnlyDictionary<string, string>>(Tags), Read<NetworkProfile>(Host),
        Management is null ? null : Read<NetworkProfile>(Management), State, StatusMessage, FaultCode is null ? null : new ResourceFault(FaultCode, FaultMessage ?? ""),
        HsmSerial.TryParse(Serial, out var serial) ? serial : null, Operation, Customer, Read<ResourceStamp>(Created), Read<ResourceStamp>(Modified), StateSince, DeletionBlockedSince,
        SkuOf(PendingSku), Read<IReadOnlyList<HsmSerial>>(Tried), Generation, Version);

    private static ResourceSku? SkuOf(string? name) => ResourceSku.TryParse(name, out var sku) ? sku : null;

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, StoredJson.Options);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, StoredJson.Options) ?? throw new InvalidOperationException($"The store holds no {typeof(T).Name} where one is needed.");
}
