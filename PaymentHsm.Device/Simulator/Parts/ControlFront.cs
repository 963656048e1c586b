using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PaymentHsm.Device.Simulator.Listening;
using PaymentHsm.Device.Simulator.Racks;

namespace PaymentHsm.Device.Simulator.Parts;

/// <summary>The control API of a fleet in parts: lists are put together, everything else goes to the part that has the device or rack.</summary>
internal sealed class ControlFront : IAsyncDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly IReadOnlyList<(FleetPart Part, Uri ControlUrl)> _parts;
    private readonly Dictionary<string, Uri> _devices;
    private readonly Dictionary<string, Uri> _racks;
    private readonly WebApplication _server;

    private ControlFront(int port, FleetBook book, IReadOnlyList<(FleetPart Part, Uri ControlUrl)> parts)
    {
        _parts = parts;
        var placed = parts.SelectMany(p => book.Devices.Skip(p.Part.First).Take(p.Part.Count).Select(d => (Device: d, p.ControlUrl))).ToList();
        _devices = placed.ToDictionary(d => d.Device.Serial, d => d.ControlUrl);
        _racks = placed.DistinctBy(d => d.Device.Rack).ToDictionary(d => d.Device.Rack, d => d.ControlUrl);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(ControlFront).Assembly.GetName().Name });
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<SocketTransportOptions>(o => o.CreateBoundListenSocket = HeldPorts.SocketFor);
        _server = builder.Build();
        _server.Run(ServeAsync);
    }

    public static async Task<ControlFront> StartAsync(int port, FleetBook book, IReadOnlyList<(FleetPart Part, Uri ControlUrl)> parts, CancellationToken cancellationToken)
    {
        var front = new ControlFront(port, book, parts);
        try
        {
            await front._server.StartAsync(cancellationToken);
            return front;
        }
        catch
        {
            await front.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        try
        {
            var path = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
            await (path switch
            {
                ["devices" or "racks"] when HttpMethods.IsGet(context.Request.Method) => ListAsync(context),
                ["devices", var serial, ..] when _devices.TryGetValue(serial, out var part) => ForwardAsync(context, part),
                ["racks", var rack, ..] when _racks.TryGetValue(rack, out var part) => ForwardAsync(context, part),
                _ => ForwardAsync(context, _parts[0].ControlUrl),
            });
        }
        catch (HttpRequestException) when (!context.Response.HasStarted)
        {
            // The part is going down with the whole fleet.
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    /// <summary>One array out of the parts' arrays, without reading what is in them.</summary>
    private async Task ListAsync(HttpContext context)
    {
        var stop = context.RequestAborted;
        var lists = await Task.WhenAll(_parts.Select(p => _client.GetByteArrayAsync(new Uri(p.ControlUrl, context.Request.Path), stop)));
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync("["u8.ToArray(), stop);
        for (var i = 0; i < lists.Length; i++)
        {
            if (i > 0)
            {
                await context.Response.Body.WriteAsync(","u8.ToArray(), stop);
            }

            await context.Response.Body.WriteAsync(lists[i].AsMemory(1, lists[i].Length - 2), stop);
        }

        await context.Response.Body.WriteAsync("]"u8.ToArray(), stop);
    }

    private async Task ForwardAsync(HttpContext context, Uri part)
    {
        var (request, stop) = (context.Request, context.RequestAborted);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(part, request.Path.ToUriComponent() + request.QueryString));
        if (request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            message.Content = new StreamContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
            message.Content.Headers.ContentLength = request.ContentLength;
        }

        using var answer = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, stop);
    }
}
