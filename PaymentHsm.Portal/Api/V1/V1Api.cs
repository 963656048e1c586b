using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using PaymentHsm.Portal.Hosting;
using Scalar.AspNetCore;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>The operator API: the same commands, rules and refusals as the pages.</summary>
internal static class V1Api
{
    public static IServiceCollection AddV1Api(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddOpenApi("v1");
        services.Configure<JsonOptions>(o =>
        {
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter());

            // Outside systems write a severity as 2 or as "2".
            o.SerializerOptions.NumberHandling = JsonNumberHandling.AllowReadingFromString;
        });
        return services;
    }

    public static void MapV1Api(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization().DisableAntiforgery();
        api.MapGroup("").WithTags("Devices").MapDevices();
        api.MapGroup("").WithTags("Quarantine").MapQuarantine();
        api.MapGroup("").WithTags("Intake").MapIntake();
        api.MapGroup("").WithTags("Overdue").MapOverdue();
        api.MapGroup("").WithTags("Tickets").MapTickets();
        api.MapGroup("").WithTags("Tickets").MapTicketDocuments();
        api.MapGroup("").WithTags("Operations").MapOperations();
        api.MapGroup("").WithTags("Approvals").MapApprovals();
        api.MapGroup("").WithTags("Work orders").MapWorkOrders();
        api.MapGroup("").WithTags("Maintenance").MapMaintenance();
        api.MapGroup("").WithTags("Incidents").MapIncidents();
        api.MapGroup("").WithTags("Subscriptions").MapSubscriptions();
        api.MapGroup("").WithTags("Notifications").MapNotifications();
        api.MapGroup("").WithTags("Audit").MapAudit();
        api.MapGroup("").WithTags("Evidence").MapEvidence();
        api.MapGroup("").WithTags("Firmware").MapFirmware();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/api/docs", (options, http) =>
        {
            // Everything from this portal: its own nonce, its own fonts, nothing sent anywhere.
            options.Nonce = http.Items[SecurityHeaders.NonceItem] as string;
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Title = "PaymentHsm operator API";
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
