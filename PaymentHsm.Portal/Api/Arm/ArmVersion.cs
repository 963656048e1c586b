using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>A version of the API, and how its shapes differ.</summary>
/// <param name="Name">What <c>api-version</c> says.</param>
/// <param name="HasManagement">Answers carry <c>managementNetworkProfile</c> and <c>systemData</c>.</param>
/// <param name="HasResourceId">Answers carry <c>resourceId</c> beside <c>id</c> in subnets and interfaces.</param>
internal sealed record ArmVersion(string Name, bool HasManagement, bool HasResourceId)
{
    private const string Item = "arm-version";

    /// <summary>All that are answered, oldest first.</summary>
    public static IReadOnlyList<ArmVersion> All { get; } =
    [
        new("2018-10-31-preview", false, false),
        new("2018-10-31", false, false),
        new("2021-11-30", true, false),
        new("2024-06-30-preview", true, true),
        new("2024-06-30", true, true),
        new("2025-03-31", true, true),
        new("2025-12-01-preview", true, true),
        new("2026-01-01-preview", true, true),
    ];

    /// <summary>The version of a request that <see cref="RequireAsync"/> let through.</summary>
    public static ArmVersion Of(HttpContext http) => (ArmVersion)http.Items[Item]!;

    /// <summary>Every request must say which version it speaks.</summary>
    public static ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var asked = context.HttpContext.Request.Query["api-version"];
        var supported = $"The supported api-versions are '{string.Join(", ", All.Select(v => v.Name))}'.";
        if (string.IsNullOrEmpty(asked))
        {
            return ValueTask.FromResult<object?>(new ArmError(400, "MissingApiVersionParameter", $"The api-version query parameter (?api-version=) is required for all requests. {supported}"));
        }

        if (All.FirstOrDefault(v => string.Equals(v.Name, asked, StringComparison.OrdinalIgnoreCase)) is not { } version)
        {
            return ValueTask.FromResult<object?>(new ArmError(400, "InvalidApiVersionParameter", $"The api-version {ResourceRules.Shown(asked)} is invalid. {supported}"));
        }

        context.HttpContext.Items[Item] = version;
        return next(context);
    }
}
