using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>A message of one of the two registries: severity, text with %1 to %n, and what to do.</summary>
/// <param name="Key">Message key.</param>
/// <param name="Severity">OK, Warning or Critical.</param>
/// <param name="Text">Text with %n for arguments.</param>
/// <param name="Arguments">How many arguments it takes.</param>
/// <param name="Resolution">What a client may do.</param>
internal sealed record Message(string Key, string Severity, string Text, int Arguments, string Resolution = "None.")
{
    /// <summary>The text with its arguments in place.</summary>
    public string Format(IReadOnlyList<string> args)
    {
        var text = Text;
        for (var i = Math.Min(args.Count, Arguments); i > 0; i--)
        {
            text = text.Replace("%" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), args[i - 1], StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The error envelope (OOB-PROFILE 2).</summary>
    public JsonObject Envelope(string registry, params string[] args)
    {
        var (id, text) = ($"{registry}.{Key}", Format(args));
        return new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = id,
                ["message"] = text,
                ["@Message.ExtendedInfo"] = new JsonArray(new JsonObject
                {
                    ["@odata.type"] = "#Message.v1_3_0.Message",
                    ["MessageId"] = id,
                    ["MessageArgs"] = Json.Strings(args.Take(Arguments)),
                    ["Message"] = text,
                    ["MessageSeverity"] = Severity,
                    [nameof(Resolution)] = Resolution,
                }),
            },
        };
    }
}
