using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PaymentHsm.Device.Simulator.Faults;
using PaymentHsm.Device.Simulator.Redfish.Resources;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>Writes one event stream until the client leaves, the device dies, or a fault drops it.</summary>
internal static class EventStreamWriter
{
    /// <summary>A comment at least this often (the profile's limit is 15 s).</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Serves the stream.</summary>
    public static async Task WriteAsync(HttpContext context, IRedfishSide side)
    {
        var events = side.Events!;
        using var listener = events.Open();
        using var dropped = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        void OnFaults()
        {
            if (side.Faults?.Holds(FaultKind.SseDrop) ?? false)
            {
                dropped.Cancel();
            }
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["OData-Version"] = "4.0";
        context.Response.Headers.CacheControl = "no-cache";
        side.Faults?.Changed += OnFaults;
        try
        {
            OnFaults();
            await SendAsync(context, ": open\n\n", dropped.Token);
            await PumpAsync(context, side, listener, dropped.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            side.Faults?.Changed -= OnFaults;
        }
    }

    private static async Task PumpAsync(HttpContext context, IRedfishSide side, EventStreams.Listener listener, CancellationToken cancellationToken)
    {
        Task<bool>? waiting = null;
        while (true)
        {
            // A wait that outlived a heartbeat is taken up again, so that no event falls between two waits.
            waiting ??= listener.Channel.Reader.WaitToReadAsync(cancellationToken).AsTask();
            bool more;
            try
            {
                more = await waiting.WaitAsync(Heartbeat, side.Events!.Time, cancellationToken);
                waiting = null;
            }
            catch (TimeoutException)
            {
                if (!IsSilent(side))
                {
                    await SendAsync(context, ": alive\n\n", cancellationToken);
                }

                continue;
            }

            if (!more)
            {
                context.Abort();
                return;
            }

            while (listener.Channel.Reader.TryRead(out var notice))
            {
                if (IsSilent(side))
                {
                    continue;
                }

                var (id, body) = EventResources.Event(notice, listener.Id);
                var data = side.Faults?.Holds(FaultKind.SseGarbage) ?? false ? "{\"@odata.type\":\"#Event.v1_13_0.Event\",\"Events\":[{" : body.ToJsonString();
                await SendAsync(context, $"id: {id}\ndata: {data}\n\n", cancellationToken);
            }
        }
    }

    private static bool IsSilent(IRedfishSide side) => side.Faults?.Holds(FaultKind.SseSilent) ?? false;

    private static async Task SendAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
