using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Verbs;

/// <summary>Serves the portal: the main job.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = PortalHost.Build(args);
            await app.Services.MigrateAsync();
            await app.StartAsync();
            Console.WriteLine($"PaymentHsm is at {string.Join(" and ", Addresses(app))}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (SettingsException e)
        {
            await Console.Error.WriteLineAsync("The configuration is wrong; nothing was started:");
            foreach (var problem in e.Problems)
            {
                await Console.Error.WriteLineAsync($"  {problem}");
            }

            return 2;
        }
        catch (Exception e) when (InUse(e))
        {
            await Console.Error.WriteLineAsync($"A port is in use: {e.Message} Stop the other program, or choose other addresses with ASPNETCORE_URLS (portal) and PaymentHsm__Simulator__ControlUrl (simulator).");
            return 3;
        }
    }

    private static ICollection<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    private static bool InUse(Exception e) =>
        e is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } || (e.InnerException is { } inner && InUse(inner));
}
