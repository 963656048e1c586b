using System.Text.Json.Nodes;
using System.Xml.Linq;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator.Conformance;

/// <summary>What $metadata references, and the schema files of our extension.</summary>
internal sealed class Schemas
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";
    private static readonly XNamespace Edmx = "http://docs.oasis-open.org/odata/ns/edmx";
    private readonly HashSet<string> _referenced = [];
    private readonly Dictionary<string, XElement> _types = [];

    public static async Task<Schemas> ReadAsync(HttpClient client, List<string> found)
    {
        var schemas = new Schemas();
        var metadata = XDocument.Parse(await client.GetStringAsync("/redfish/v1/$metadata", TestFleet.Cancel));
        foreach (var reference in metadata.Descendants(Edmx + "Reference"))
        {
            var own = ((string)reference.Attribute("Uri")!).StartsWith('/') ? (string)reference.Attribute("Uri")! : null;
            var names = reference.Elements(Edmx + "Include").Select(i => (string)i.Attribute("Namespace")!).ToList();
            schemas._referenced.UnionWith(names);
            if (own is not null)
            {
                await schemas.AddAsync(client, own, names, found);
            }
        }

        return schemas;
    }

    public bool Knows(string name) => _referenced.Contains(name);

    /// <summary>Every object of our extension names its type, and every one of its members is declared there.</summary>
    public void JudgeOem(string path, JsonNode? node, List<string> found)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    JudgeOem(path, item, found);
                }

                break;
            case JsonObject body:
                if ((string?)body["@odata.type"] is { } own && own.StartsWith("#PaymentHsm", StringComparison.Ordinal))
                {
                    JudgeMembers(path, body, own[1..], found);
                }

                foreach (var (name, value) in body)
                {
                    // Under Actions, Oem holds actions, which have targets instead of types.
                    if (name == "Oem" && value is JsonObject oem && oem.Any(p => !p.Key.StartsWith('#')))
                    {
                        foreach (var (vendor, extension) in oem)
                        {
                            if ((string?)extension?["@odata.type"] is null)
                            {
                                found.Add($"{path}: Oem.{vendor} has no @odata.type");
                            }
                        }
                    }

                    JudgeOem(path, value, found);
                }

                break;
        }
    }

    private async Task AddAsync(HttpClient client, string uri, List<string> names, List<string> found)
    {
        var file = XDocument.Parse(await client.GetStringAsync(uri, TestFleet.Cancel));
        foreach (var schema in file.Descendants(Edm + "Schema"))
        {
            var space = (string)schema.Attribute("Namespace")!;
            if (!names.Contains(space))
            {
                found.Add($"{uri}: $metadata does not include {space}");
            }

            foreach (var type in schema.Elements().Where(e => e.Name.LocalName is "ComplexType" or "EntityType" or "EnumType"))
            {
                _types[$"{space}.{(string)type.Attribute("Name")!}"] = type;
            }
        }
    }

    private void JudgeMembers(string path, JsonObject body, string type, List<string> found)
    {
        if (!_types.ContainsKey(type))
        {
            found.Add($"{path}: {type} is in no schema file");
            return;
        }

        var declared = Declared(type);
        foreach (var (name, value) in body)
        {
            if (name is "Id" or "Name" or "Description" or "Members" or "Oem" || name.Contains('@', StringComparison.Ordinal))
            {
                continue;
            }

            if (!declared.TryGetValue(name, out var property))
            {
                found.Add($"{path}: {name} is not declared by {type}");
            }
            else if (value is null && (string?)property.Attribute("Nullable") == "false")
            {
                found.Add($"{path}: {name} may not be null");
            }
            else if (property.Attribute("Type")?.Value is { } of && _types.TryGetValue(of, out var declaredAs))
            {
                JudgeValue(path, name, value, of, declaredAs, found);
            }
        }
    }

    private void JudgeValue(string path, string name, JsonNode? value, string type, XElement declaration, List<string> found)
    {
        if (declaration.Name.LocalName == "EnumType" && value is not null && declaration.Elements(Edm + "Member").All(m => (string)m.Attribute("Name")! != (string?)value))
        {
            found.Add($"{path}: {name} '{value}' is no {type}");
        }
        else if (declaration.Name.LocalName == "ComplexType" && value is JsonObject inner)
        {
            JudgeMembers(path, inner, type, found);
        }
    }

    private Dictionary<string, XElement> Declared(string type)
    {
        var members = new Dictionary<string, XElement>();
        for (var at = type; at is not null && _types.TryGetValue(at, out var declaration); at = (string?)declaration.Attribute("BaseType"))
        {
            foreach (var property in declaration.Elements().Where(e => e.Name.LocalName is "Property" or "NavigationProperty"))
            {
                members.TryAdd((string)property.Attribute("Name")!, property);
            }
        }

        return members;
    }
}
