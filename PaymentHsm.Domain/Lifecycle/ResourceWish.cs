namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What the body of a PUT says, read but not judged yet. Everything may be missing.</summary>
/// <param name="Id">Which resource, out of the address.</param>
public sealed record ResourceWish(ResourceId Id)
{
    private static readonly IReadOnlyDictionary<string, string> NoTags = new Dictionary<string, string>();

    /// <summary>Region in any spelling: <c>eastus</c>, <c>EastUS</c>, <c>East US</c>.</summary>
    public string? Location { get; init; }

    /// <summary>SKU name.</summary>
    public string? Sku { get; init; }

    /// <summary>Stamp.</summary>
    public string? Stamp { get; init; }

    /// <summary>Availability zones.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = NoTags;

    /// <summary>Host side.</summary>
    public NetworkWish? Host { get; init; }

    /// <summary>Management side; null: as the host side.</summary>
    public NetworkWish? Management { get; init; }
}

/// <summary>One side of the network as asked for.</summary>
/// <param name="SubnetId">ARM id of the subnet.</param>
/// <param name="Addresses">One entry per interface that was listed; null asks for a dynamic address.</param>
public sealed record NetworkWish(string? SubnetId, IReadOnlyList<string?> Addresses);
