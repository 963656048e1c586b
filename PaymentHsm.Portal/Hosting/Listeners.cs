using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Hosting;

/// <summary>Where the portal listens, and with which certificate.</summary>
internal static class Listeners
{
    public static void AddListeners(this WebApplicationBuilder builder, DataDirectory data)
    {
        if (builder.Configuration["urls"] is not { Length: > 0 })
        {
            builder.WebHost.UseUrls(ListenAddresses.Default);
        }

        // Only when nobody configured a certificate of their own.
        if (!builder.Configuration.GetSection("Kestrel:Certificates:Default").Exists())
        {
            builder.WebHost.ConfigureKestrel(k => k.ConfigureHttpsDefaults(https => https.ServerCertificate = DevelopmentCertificate.Load(data.Path, TimeProvider.System)));
        }
    }
}
