using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using PaymentHsm.Device.Simulator.Redfish;

namespace PaymentHsm.Device.Simulator.Faults;

/// <summary>Writes an answer to the wire, or does whatever a fault wants there instead.</summary>
internal sealed class FaultWire(HttpContext context, IReadOnlyList<Fault> faults, TimeProvider time)
{
    private const int Oversize = (4 << 20) + (1 << 16);

    /// <summary>Faults that come before the server did anything; true when the request is finished with.</summary>
    public async Task<bool> BeforeEffectAsync()
    {
        foreach (var fault in faults.Where(f => f.DelayMs > 0))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Has(FaultKind.CloseBeforeEffect))
        {
            context.Abort();
            return true;
        }

        if (Has(FaultKind.HangBeforeEffect))
        {
            await DrainAsync();
            await HangAsync();
            return true;
        }

        return false;
    }

    /// <summary>An answer that a fault gives in place of the service; null to let the service answer.</summary>
    public Answer? Instead()
    {
        foreach (var fault in faults)
        {
            switch (fault.Kind)
            {
                case FaultKind.Status401:
                    return Messages.Error(401, "NoValidSession").With("WWW-Authenticate", "Basic realm=\"Redfish\"");
                case FaultKind.Status403:
                    return Messages.Error(403, "InsufficientPrivilege");
                case FaultKind.Status500 when fault.Html:
                    return new Answer(500) { Raw = "<html><body><h1>500</h1></body></html>"u8.ToArray(), MediaType = "text/html" };
                case FaultKind.Status500:
                    return Messages.Error(500, "InternalError");
                case FaultKind.Status503:
                    var busy = Messages.Error(503, "ServiceTemporarilyUnavailable", fault.RetryAfter ?? "some");
                    return fault.RetryAfter is { } after ? busy.With("Retry-After", after) : busy;
                case FaultKind.Redirect:
                    return new Answer(fault.Status ?? 307).With("Location", fault.Location?.ToString() ?? $"https://attacker.invalid{context.Request.Path}");
            }
        }

        return null;
    }

    /// <summary>Writes the answer, or what a fault makes of it after the server did its work.</summary>
    public async Task WriteAsync(Answer answer, string path)
    {
        if (Has(FaultKind.CloseAfterEffect))
        {
            context.Abort();
            return;
        }

        if (Has(FaultKind.HangAfterEffect))
        {
            await HangAsync();
            return;
        }

        var content = Content(answer);
        if (Head(answer, content, path))
        {
            return;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.ContentLength = content.Length;
            return;
        }

        await SendAsync(content);
    }

    private byte[] Content(Answer answer)
    {
        if (Has(FaultKind.EmptyBody200))
        {
            answer.Status = 200;
            return [];
        }

        if (Has(FaultKind.WrongContentType))
        {
            answer.Status = 200;
            return Encoding.UTF8.GetBytes("<html><body>Please sign in to the guest network.</body></html>");
        }

        if (Has(FaultKind.OversizeBody))
        {
            answer.Status = 200;
            return Encoding.UTF8.GetBytes($"{{\"@odata.id\":\"{context.Request.Path}\",\"Padding\":\"{new string('x', Oversize)}\"}}");
        }

        if (Has(FaultKind.DeepJson))
        {
            answer.Status = 200;
            return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"Deep\":", 200)) + "1" + new string('}', 200));
        }

        var content = answer.Raw ?? (answer.Body is { } body ? Encoding.UTF8.GetBytes(body.ToJsonString()) : []);
        if (Has(FaultKind.MalformedJson))
        {
            answer.Status = 200;
            return content.Length > 2 ? content[..(content.Length * 2 / 3)] : Encoding.UTF8.GetBytes("{\"broken\":");
        }

        return content;
    }

    /// <summary>Sets status and headers; true when nothing more is to be sent (304).</summary>
    private bool Head(Answer answer, byte[] content, string path)
    {
        var response = context.Response;
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        response.StatusCode = answer.Status;
        response.Headers["OData-Version"] = "4.0";
        response.Headers.CacheControl = "no-cache";
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (isRead && answer.Status == 200)
        {
            var tag = ETag.Of(content);
            response.Headers.ETag = tag;
            if (answer.Body is { } body && Describedby(body) is { } link)
            {
                response.Headers.Link = link;
            }

            if (context.Request.Headers.IfNoneMatch is [{ } known, ..] && known.Split(',').Any(t => t.Trim() == tag || t.Trim() == "*"))
            {
                response.StatusCode = 304;
                return true;
            }
        }
        else if (answer is { Body: { } written, Status: 200 or 201 } && path.Contains("/Accounts", StringComparison.Ordinal))
        {
            response.Headers.ETag = ETag.Of(written);
        }

        if (content.Length > 0)
        {
            response.ContentType = Has(FaultKind.WrongContentType) ? "text/html" : answer.Raw is null ? "application/json" : answer.MediaType;
        }

        return answer.Status == 204;
    }

    private async Task SendAsync(byte[] content)
    {
        var (response, gone) = (context.Response, context.RequestAborted);
        if (Has(FaultKind.TruncatedBody))
        {
            response.ContentLength = content.Length + 64;
            await response.Body.WriteAsync(content.AsMemory(0, content.Length * 2 / 3), gone);

            // Ending here lets the server send what was written and then close; an abort would take it back.
            return;
        }

        response.ContentLength = content.Length;
        if (Has(FaultKind.HangAfterHeaders))
        {
            await response.StartAsync(gone);
            await response.Body.FlushAsync(gone);
            await HangAsync();
            return;
        }

        if (faults.FirstOrDefault(f => f.Kind == FaultKind.SlowBody) is { } slow)
        {
            await DripAsync(content, Math.Max(1, slow.BytesPerSecond ?? 16));
            return;
        }

        if (content.Length > 0)
        {
            await response.Body.WriteAsync(content, gone);
        }
    }

    private async Task DripAsync(byte[] content, int bytesPerSecond)
    {
        for (var sent = 0; sent < content.Length && !context.RequestAborted.IsCancellationRequested; sent += bytesPerSecond)
        {
            await context.Response.Body.WriteAsync(content.AsMemory(sent, Math.Min(bytesPerSecond, content.Length - sent)), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromSeconds(1), time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task DrainAsync() => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);

    /// <summary>Says nothing until the client gives up.</summary>
    private async Task HangAsync()
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private bool Has(FaultKind kind) => faults.Any(f => f.Kind == kind);

    private static string? Describedby(System.Text.Json.Nodes.JsonObject body)
    {
        if ((string?)body["@odata.type"] is not { } type)
        {
            return null;
        }

        var schema = type.TrimStart('#');
        schema = schema[..schema.LastIndexOf('.')];
        return schema.StartsWith("PaymentHsm", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"</redfish/v1/Schemas/{schema.Split('.')[0]}_v1.xml>; rel=describedby")
            : string.Create(CultureInfo.InvariantCulture, $"<http://redfish.dmtf.org/schemas/v1/{schema}.json>; rel=describedby");
    }
}
