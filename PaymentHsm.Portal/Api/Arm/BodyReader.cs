using System.Text.Json;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>
/// Reads a JSON body property by property: names without regard to case, null as absent, and every fault collected, so that a caller learns all of them
/// at once.
/// </summary>
internal sealed class BodyReader
{
    /// <summary>Most bytes of a body.</summary>
    public const int MaxBytes = 64 * 1024;

    private readonly List<string> _faults = [];

    /// <summary>The body as a JSON object, or the error that says why it is none.</summary>
    public static async Task<(Node? Root, ArmError? Error)> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentType is { Length: > 0 } && !http.Request.HasJsonContentType())
        {
            return (null, ArmEnvelope.UnsupportedMediaType(http));
        }

        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            Decode(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new Node(document.RootElement.Clone(), ""), null)
                : (null, Invalid($"the body is {Word(document.RootElement)}, not an object"));
        }
        catch (JsonException e)
        {
            return (null, Invalid($"the body is not JSON (line {e.LineNumber + 1}, position {e.BytePositionInLine + 1}). Names and texts stand in double quotes"));
        }
        catch (InvalidOperationException)
        {
            return (null, Invalid("a text has an escape that is no character"));
        }
    }

    /// <summary>All that was wrong; null when nothing was.</summary>
    public ArmError? Error => _faults.Count == 0 ? null : Invalid(string.Join("; ", _faults));

    public void Fault(string what) => _faults.Add(what);

    /// <summary>An object; null when absent.</summary>
    public Node? Object(Node? parent, string name, bool required = false) => Typed(parent, name, JsonValueKind.Object, "an object", required);

    /// <summary>A text; null when absent.</summary>
    public string? Text(Node? parent, string name, bool required = false) => Typed(parent, name, JsonValueKind.String, "a text", required)?.Value.GetString();

    /// <summary>The entries of a list; null when absent.</summary>
    public IReadOnlyList<Node>? List(Node? parent, string name) =>
        Typed(parent, name, JsonValueKind.Array, "a list", false) is { } list ? [.. list.Value.EnumerateArray().Select((e, i) => new Node(e, $"{list.Path}[{i}]"))] : null;

    /// <summary>A map of texts; null when absent. A null value counts as an empty text.</summary>
    public IReadOnlyDictionary<string, string>? Texts(Node? parent, string name)
    {
        if (Object(parent, name) is not { } map)
        {
            return null;
        }

        Dictionary<string, string> texts = [];
        foreach (var entry in map.Value.EnumerateObject())
        {
            if (entry.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                _faults.Add($"{map.Path}.{entry.Name} is {Word(entry.Value)}, not a text");
            }
            else if (!texts.TryAdd(entry.Name, entry.Value.GetString() ?? ""))
            {
                _faults.Add($"{map.Path}.{entry.Name} is given twice");
            }
        }

        return texts;
    }

    /// <summary>Texts of a list; null when absent.</summary>
    public IReadOnlyList<string>? TextList(Node? parent, string name)
    {
        if (List(parent, name) is not { } list)
        {
            return null;
        }

        _faults.AddRange(list.Where(n => n.Value.ValueKind != JsonValueKind.String).Select(n => $"{n.Path} is {Word(n.Value)}, not a text"));
        return [.. list.Where(n => n.Value.ValueKind == JsonValueKind.String).Select(n => n.Value.GetString()!)];
    }

    /// <summary>True when the body names the property, with whatever value but null.</summary>
    public bool Has(Node parent, string name) => Find(parent, name) is not null;

    /// <summary>The parser leaves escapes alone until they are asked for; here every one is.</summary>
    /// <exception cref="InvalidOperationException">Half a surrogate pair.</exception>
    private static void Decode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var entry in value.EnumerateArray())
                {
                    Decode(entry);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    _ = property.Name;
                    Decode(property.Value);
                }

                break;
        }
    }

    private Node? Typed(Node? parent, string name, JsonValueKind kind, string wanted, bool required)
    {
        if (parent is null)
        {
            return null;
        }

        if (Find(parent, name) is not { } found)
        {
            if (required)
            {
                _faults.Add($"{parent.Below(name)} is missing");
            }

            return null;
        }

        if (found.Value.ValueKind == kind)
        {
            return found;
        }

        _faults.Add($"{found.Path} is {Word(found.Value)}, not {wanted}");
        return null;
    }

    private Node? Find(Node parent, string name)
    {
        var all = parent.Value.EnumerateObject().Where(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (all.Count > 1)
        {
            _faults.Add($"{parent.Below(name)} is given {all.Count} times");
        }

        return all is [var one, ..] && one.Value.ValueKind != JsonValueKind.Null ? new Node(one.Value, parent.Below(name)) : null;
    }

    private static ArmError Invalid(string what) => new(400, "InvalidRequestContent", $"The request content is invalid: {what}.", "R7");

    private static string Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    /// <summary>A value and where it stands in the body, for messages.</summary>
    internal sealed record Node(JsonElement Value, string Path)
    {
        public string Below(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
    }
}
