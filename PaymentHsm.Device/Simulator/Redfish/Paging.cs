using System.Globalization;
using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>Which part of a collection is asked for.</summary>
/// <param name="Skip">Members left out at the beginning.</param>
/// <param name="Top">Members shown at most.</param>
internal sealed record Page(int Skip, int Top);

/// <summary>The query options <c>$top</c> and <c>$skip</c>.</summary>
internal static class Paging
{
    /// <summary>Reads them; null when one is not a number that counts.</summary>
    public static Page? Read(RedfishRequest request, int count, int size)
    {
        var skip = Number(request, "$skip", 0);
        var top = Number(request, "$top", size);
        return skip is null || top is null ? null : new Page(Math.Min(skip.Value, count), Math.Min(top.Value, size));
    }

    /// <summary>The answer to one that does not count.</summary>
    public static Answer Refuse(RedfishRequest request)
    {
        var name = Number(request, "$skip", 0) is null ? "$skip" : "$top";
        return Messages.Error(400, "QueryParameterValueTypeError", request.Query[name], name);
    }

    /// <summary>Cuts a whole collection down to the part asked for.</summary>
    public static Answer Apply(JsonObject body, RedfishRequest request)
    {
        if (body["Members"] is not JsonArray members || (!request.Query.ContainsKey("$top") && !request.Query.ContainsKey("$skip")))
        {
            return new Answer(200, body);
        }

        if (Read(request, members.Count, int.MaxValue) is not { } page)
        {
            return Refuse(request);
        }

        var count = members.Count;
        body["Members"] = new JsonArray([.. members.Skip(page.Skip).Take(page.Top).Select(m => m!.DeepClone())]);
        AddNext(body, (string)body["@odata.id"]!, page, count, request);
        return new Answer(200, body);
    }

    /// <summary>Adds the link to the next part, if there is one and the client did not limit its wish to this part.</summary>
    public static void AddNext(JsonObject body, string path, Page page, int count, RedfishRequest request)
    {
        var next = page.Skip + page.Top;
        if (next < count && page.Top > 0 && !(request.Query.TryGetValue("$top", out var top) && top == page.Top.ToString(CultureInfo.InvariantCulture)))
        {
            body["Members@odata.nextLink"] = string.Create(CultureInfo.InvariantCulture, $"{path}?$skip={next}");
        }
    }

    private static int? Number(RedfishRequest request, string name, int absent) =>
        !request.Query.TryGetValue(name, out var text) ? absent
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;
}
