using Microsoft.AspNetCore.DataProtection;
using PaymentHsm.Device;
using PaymentHsm.Portal.Api.Arm;
using PaymentHsm.Portal.Api.V1;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Audit;
using PaymentHsm.Portal.Components;
using PaymentHsm.Portal.Firmware;
using PaymentHsm.Portal.Fleet;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Incidents;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Live;
using PaymentHsm.Portal.Maintenance;
using PaymentHsm.Portal.Notifications;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Overdue;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Receiving;
using PaymentHsm.Portal.Settings;
using PaymentHsm.Portal.Tickets;
using PaymentHsm.Portal.Timeline;
using PaymentHsm.Portal.WorkOrders;

namespace PaymentHsm.Portal.Hosting;

/// <summary>Composes the portal: the table of contents of the whole program.</summary>
internal static class PortalHost
{
    /// <exception cref="SettingsException">The configuration is wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddRootAppSettings();
        var settings = SettingsReader.Read(builder.Configuration, builder.Environment);
        var data = new DataDirectory(Path.GetFullPath(settings.DataDirectory, RootAppSettings.Root(builder.Environment.ContentRootPath)));
        Directory.CreateDirectory(data.Path);

        builder.AddListeners(data);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(settings).AddSingleton(data);
        builder.Services.AddDataProtection().SetApplicationName("PaymentHsm").PersistKeysToFileSystem(Directory.CreateDirectory(data.File("keys")));
        builder.Services.AddSimulatedFleet(settings, data, builder.Environment);
        builder.Services.AddDeviceLinks(services => services.FleetSource(settings), settings.Polling.Connections);
        builder.Services.AddPersistence(settings.Storage, data).AddLifecycle(settings).AddReceiving().AddOverdue().AddFleet(settings).AddTickets(settings).AddOperations(settings).AddApprovals(settings).AddWorkOrders(settings).AddIncidents()
            .AddMaintenance().AddFirmware(settings).AddAudit().AddTimeline().AddLive().AddNotifications(settings);
        builder.AddGrains(settings);
        builder.Services.AddWaves();
        builder.Services.AddSignIn(settings, builder.Configuration).AddV1Api().AddArmApi().AddPages();
        builder.Services.AddOutsideAddress().AddTelemetry();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseSecurityHeaders();
        app.UseAnswersForEmptyErrors();
        app.UseArmEnvelope();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapSignIn();
        app.MapLive();
        app.MapV1Api();
        app.MapArmApi();
        app.MapOperationsEndpoints();
        app.MapPages();
        return app;
    }
}
