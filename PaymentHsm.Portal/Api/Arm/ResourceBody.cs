using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>Reads a resource as clients send it: old and new names of one thing, and what is read-only passed over.</summary>
internal static class ResourceBody
{
    private static readonly string[] NeverChange = ["location", "zones", "properties"];

    /// <summary>Reads the body of a PUT.</summary>
    public static async Task<(ResourceWish? Wish, ArmError? Error)> ReadPutAsync(HttpContext http, ResourceId id)
    {
        var (root, error) = await BodyReader.ReadAsync(http);
        if (root is null)
        {
            return (null, error);
        }

        var body = new BodyReader();
        var properties = body.Object(root, "properties", required: true);
        var wish = new ResourceWish(id)
        {
            Location = body.Text(root, "location"),
            Sku = body.Text(body.Object(root, "sku", required: true), "name", required: true),
            Zones = body.TextList(root, "zones") ?? [],
            Stamp = body.Text(properties, "stampId"),
            Host = Network(body, body.Object(properties, "networkProfile", required: true)),
            Management = Network(body, body.Object(properties, "managementNetworkProfile")),
            Tags = body.Texts(root, "tags") ?? new Dictionary<string, string>(),
        };
        return body.Error is { } wrong ? (null, wrong) : (wish, null);
    }

    /// <summary>Reads the body of a PATCH: tags (null: keep) and the name of the SKU (null: keep).</summary>
    public static async Task<(IReadOnlyDictionary<string, string>? Tags, string? Sku, ArmError? Error)> ReadPatchAsync(HttpContext http)
    {
        var (root, error) = await BodyReader.ReadAsync(http);
        if (root is null)
        {
            return (null, null, error);
        }

        var body = new BodyReader();
        var tags = body.Texts(root, "tags");
        var sku = body.Object(root, "sku") is { } given ? body.Text(given, "name", required: true) : null;
        foreach (var name in NeverChange.Where(n => body.Has(root, n)))
        {
            body.Fault($"{name} cannot be changed by PATCH, only tags and sku");
        }

        return (tags, sku, body.Error);
    }

    private static NetworkWish? Network(BodyReader body, BodyReader.Node? profile)
    {
        if (profile is null)
        {
            return null;
        }

        var subnet = body.Object(profile, "subnet");
        var (older, newer) = (body.Text(subnet, "id"), body.Text(subnet, "resourceId"));
        if (older is not null && newer is not null && !string.Equals(older, newer, StringComparison.OrdinalIgnoreCase))
        {
            body.Fault($"{subnet!.Path}.id and {subnet.Path}.resourceId name two subnets");
        }

        List<string?> addresses = [];
        foreach (var entry in body.List(profile, "networkInterfaces") ?? [])
        {
            if (entry.Value.ValueKind == System.Text.Json.JsonValueKind.Object)
            {
                addresses.Add(body.Text(entry, "privateIpAddress") is { Length: > 0 } address ? address : null);
            }
            else
            {
                body.Fault($"{entry.Path} is not an object");
            }
        }

        return new NetworkWish(older ?? newer, addresses);
    }
}
