using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PaymentHsm.Device.Simulator.Control;
using PaymentHsm.Device.Simulator.Faults;
using PaymentHsm.Device.Simulator.Racks;
using PaymentHsm.Device.Simulator.Redfish;
using PaymentHsm.Device.Simulator.Store;

namespace PaymentHsm.Device.Simulator.Listening;

/// <summary>One Kestrel for the whole fleet: a listening endpoint for each controller, told apart by port, and the control API on its own port.</summary>
internal static class FleetServer
{
    /// <summary>Builds it, not started.</summary>
    public static WebApplication Build(SimulatedFleet fleet, FleetEndpoints endpoints, SimulatorCertificates certificates, SimulatorOptions options, int controlPort, TimeProvider time, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(FleetServer).Assembly.GetName().Name });
        builder.Services.AddSingleton<ILoggerFactory>(new QuietLoggers(loggers));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.WebHost.UseKestrel(kestrel => Listen(kestrel, endpoints, certificates, controlPort));
        builder.Services.Configure<SocketTransportOptions>(o => (o.IOQueueCount, o.CreateBoundListenSocket) = (1, HeldPorts.SocketFor));
        builder.Services.AddSingleton<IConnectionListenerFactory>(s =>
            new GatedListenerFactory(endpoints.Gates, s.GetRequiredService<IOptions<SocketTransportOptions>>(), loggers));

        var app = builder.Build();
        var pipeline = new RedfishPipeline(loggers.CreateLogger("PaymentHsm.Device.Simulator"), time);
        app.Use((context, next) => endpoints.Redfish.TryGetValue(context.Connection.LocalPort, out var side)
            ? pipeline.ServeAsync(context, side)
            : next(context));
        app.UseRouting();
        ControlApi.Map(app, fleet, options, certificates.CaFile);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, FleetEndpoints endpoints, SimulatorCertificates certificates, int controlPort)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 2 << 20;
        kestrel.Listen(IPAddress.Loopback, controlPort, listen => listen.Protocols = HttpProtocols.Http1);
        foreach (var (port, side) in endpoints.Redfish)
        {
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    HandshakeTimeout = TimeSpan.FromSeconds(10),
                    OnConnection = _ => ValueTask.FromResult(Handshake(certificates, endpoints.CertificateOf(port), side.Faults)),
                });
            });
        }

        foreach (var port in endpoints.Management)
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Run(HoldAsync));
        }
    }

    private static SslServerAuthenticationOptions Handshake(SimulatorCertificates certificates, string name, FaultSet? faults) => new()
    {
        ServerCertificateContext = faults switch
        {
            null => certificates.Of(name),
            _ when faults.Holds(FaultKind.TlsUntrusted) => certificates.Wrong(WrongCertificate.Untrusted),
            _ when faults.Holds(FaultKind.TlsExpired) => certificates.Wrong(WrongCertificate.Expired),
            _ when faults.Holds(FaultKind.TlsWrongName) => certificates.Wrong(WrongCertificate.Name),
            _ => certificates.Of(name),
        },
#pragma warning disable SYSLIB0039, CA5397, CA5398 // The fault TlsOldVersion is a server that knows nothing newer; everybody else gets 1.2 or 1.3.
        EnabledSslProtocols = faults?.Holds(FaultKind.TlsOldVersion) ?? false ? SslProtocols.Tls11 : SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore SYSLIB0039, CA5397, CA5398
    };

    /// <summary>The management port says nothing: it is counted that somebody came, and he is held until he leaves.</summary>
    private static async Task HoldAsync(ConnectionContext connection)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                return;
            }
        }
    }

    /// <summary>The owner's log without the line that a server writes for each address: there are hundreds.</summary>
    private sealed class QuietLoggers(ILoggerFactory inner) : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        public ILogger CreateLogger(string categoryName) =>
            categoryName == "Microsoft.Hosting.Lifetime" ? NullLogger.Instance : inner.CreateLogger(categoryName);

        public void Dispose()
        {
            // The factory is the owner's.
        }
    }
}
