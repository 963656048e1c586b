using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Verbs;

/// <summary>Brings the store to the present schema and ends.</summary>
internal static class MigrateVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--help" or "-h" or "-?", ..])
        {
            Console.WriteLine("migrate: brings the store of the configured provider to the present schema, makes it when there is none, and ends.");
            return 0;
        }

        try
        {
            await using var app = PortalHost.Build(args);
            await app.Services.MigrateAsync();
            Console.WriteLine("The store has the present schema.");
            return 0;
        }
        catch (SettingsException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
