using System.Buffers.Text;
using System.Globalization;
using System.Text;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Lifecycle;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>Dedicated HSMs of a subscription or a resource group, page by page.</summary>
internal static class DedicatedHsmListsApi
{
    private const int MaxPage = 100;

    public static void MapDedicatedHsmLists(this RouteGroupBuilder api)
    {
        api.MapGet(ArmPaths.OfSubscription, (HttpContext http, IResourceDesk desk) => ListAsync(new ResourceFilter(ArmPaths.Subscription(http)), http, desk));
        api.MapGet(ArmPaths.OfGroup, (string group, HttpContext http, IResourceDesk desk) => ListAsync(new ResourceFilter(ArmPaths.Subscription(http), group), http, desk));
    }

    private static async Task<IResult> ListAsync(ResourceFilter filter, HttpContext http, IResourceDesk desk)
    {
        var (top, token) = (http.Request.Query["$top"].ToString(), http.Request.Query["$skiptoken"].ToString());
        var take = MaxPage;
        if (top.Length > 0 && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out take) || take == 0))
        {
            return new ArmError(400, "InvalidQueryParameterValue", $"$top {ResourceRules.Shown(top)} is not a number from 1 on.");
        }

        if (!TryRead(token, out var after))
        {
            return new ArmError(400, "InvalidQueryParameterValue", "The $skiptoken is not one that this portal has given. Follow nextLink as it is.");
        }

        var page = await desk.PageAsync(filter with { After = after, Take = Math.Min(take, MaxPage) }, http.RequestAborted);
        var version = ArmVersion.Of(http);
        return ArmJson.Answer(new ArmList<ResourceView>([.. page.Rows.Select(r => ResourceView.Of(r, version))], page.Next is null ? null : NextLink(http.Request, version, top, page.Next)));
    }

    private static string NextLink(HttpRequest request, ArmVersion version, string top, string after)
    {
        var size = top.Length == 0 ? "" : $"&$top={top}";
        return ArmPaths.Absolute(request, request.Path.ToUriComponent(), $"api-version={version.Name}{size}&$skiptoken={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(after))}");
    }

    /// <summary>The token is the id of the last one shown; an id that is gone meanwhile still has its place in the order.</summary>
    private static bool TryRead(string token, out string? after)
    {
        after = token.Length > 0 && Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : null;
        return token.Length == 0 || ResourceId.TryParse(after, out _);
    }
}

/// <summary>A page; no <paramref name="NextLink"/> on the last.</summary>
internal sealed record ArmList<T>(IReadOnlyList<T> Value, string? NextLink);
