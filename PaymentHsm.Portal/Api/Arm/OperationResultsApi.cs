using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>How a deletion goes. Nothing is kept for it: the resource tells.</summary>
internal static class OperationResultsApi
{
    public static void MapOperationResults(this RouteGroupBuilder api) => api.MapGet(ArmPaths.OperationResult, GetAsync);

    /// <summary>202 with the address to ask next and when.</summary>
    public static IResult StillRunning(HttpContext http, CustomerResource resource, ArmSettings settings)
    {
        var path = $"/subscriptions/{resource.Id.Subscription}/providers/Microsoft.HardwareSecurityModules/locations/{resource.Location}/operationResults/{OperationResultId.Of(resource)}";
        http.Response.Headers.Location = ArmPaths.Absolute(http.Request, path, $"api-version={ArmVersion.Of(http).Name}");
        http.Response.Headers.RetryAfter = ArmHeaders.Seconds(settings.RetryAfter);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> GetAsync(string result, HttpContext http, IResourceDesk desk, PortalSettings settings)
    {
        if (OperationResultId.Parse(result) is not { } asked || asked.Resource.Subscription != ArmPaths.Subscription(http))
        {
            return new ArmError(404, "OperationResultNotFound", "There is no such operation in this subscription.");
        }

        var resource = await desk.FindAsync(asked.Resource, http.RequestAborted);
        if (resource is null || OperationResultId.Of(resource).Created != asked.Created)
        {
            return Results.NoContent();
        }

        // Back from Deleting: the check that went on behind the 202 said that the device is still the customer's.
        return resource.State == ResourceState.Deleting
            ? StillRunning(http, resource, settings.Arm)
            : new ArmError(409, "DeviceNotReleased", $"Payment HSM '{resource.Id.Name}' was not deleted: its release was not observed. {resource.StatusMessage} Release it in payShield Manager, then retry the delete.");
    }
}
