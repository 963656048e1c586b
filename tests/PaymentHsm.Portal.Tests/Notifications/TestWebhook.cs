using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PaymentHsm.Portal.Tests.Notifications;

/// <summary>Another system on loopback: takes calls, or answers 503 while it is told to be down.</summary>
internal sealed class TestWebhook : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestWebhook(WebApplication app) => _app = app;

    public Uri Url => new(new Uri(_app.Urls.Single()), "/hook");

    public bool Down { get; set; }

    public ConcurrentQueue<Call> Taken { get; } = [];

    public ConcurrentQueue<Call> Refused { get; } = [];

    public static async Task<TestWebhook> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var app = builder.Build();
        var hook = new TestWebhook(app);
        app.MapPost("/hook", hook.TakeAsync);
        await app.StartAsync();
        return hook;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var call = new Call(
            await reader.ReadToEndAsync(), request.Headers["X-PaymentHsm-Signature"].ToString(), request.Headers["X-PaymentHsm-Timestamp"].ToString(), request.Headers["X-PaymentHsm-Delivery"].ToString());
        (Down ? Refused : Taken).Enqueue(call);
        return Down ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.NoContent();
    }

    internal sealed record Call(string Body, string Signature, string Timestamp, string Delivery);
}
