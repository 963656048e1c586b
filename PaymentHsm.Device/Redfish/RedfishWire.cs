using System.Net.Http.Headers;
using System.Text.Json;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>One request, one answer, with limits; knows nothing of sessions or retries. Every failure comes out as one classified fault.</summary>
internal sealed class RedfishWire(HttpMessageInvoker pool, RedfishLimits limits, TimeProvider time)
{
    private const string Json = "application/json";

    /// <summary>The pools' clock; sessions and retries run on the same one.</summary>
    public TimeProvider Time { get; } = time;

    public RedfishLimits Limits { get; } = limits;

    /// <summary>Sends and reads the whole answer.</summary>
    /// <exception cref="RedfishException">
    /// <see cref="LinkFault.Unreachable"/>: no byte of the request was written. <see cref="LinkFault.NoAnswer"/>: some were, and no whole answer
    /// came. <see cref="LinkFault.TrustFailed"/>: TLS trust. <see cref="LinkFault.Protocol"/>: no HTTP.
    /// </exception>
    public async Task<RedfishAnswer> ExchangeAsync(RedfishRequest request, IOobCredentials? credentials, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        using var limit = new CancellationTokenSource(request.Limit, Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var message = ToMessage(request, credentials);
        var watch = WireWatch.Begin();
        try
        {
            using var response = await pool.SendAsync(message, stop.Token).ConfigureAwait(false);
            var left = Limits.Body - Time.GetElapsedTime(started);
            limit.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            return await ReadAsync(response, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException or IOException)
        {
            throw WireFault.Of(failure, watch.HasWritten, Time.GetElapsedTime(started));
        }
    }

    /// <summary>Opens an event stream: returns when the headers are there. The caller disposes the answer.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(Uri uri, IOobCredentials? credentials, string? lastEvent, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        using var limit = new CancellationTokenSource(Limits.Headers, Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var message = ToMessage(new RedfishRequest(HttpMethod.Get, uri, Limits.Headers), credentials);
        message.Headers.Accept.Clear();
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEvent is not null)
        {
            message.Headers.TryAddWithoutValidation("Last-Event-ID", lastEvent);
        }

        var watch = WireWatch.Begin();
        try
        {
            return await pool.SendAsync(message, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException or IOException)
        {
            throw WireFault.Of(failure, watch.HasWritten, Time.GetElapsedTime(started));
        }
    }

    private static HttpRequestMessage ToMessage(RedfishRequest request, IOobCredentials? credentials)
    {
        var message = new HttpRequestMessage(request.Method, request.Uri);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        message.Headers.TryAddWithoutValidation("OData-Version", "4.0");
        credentials?.AddTo(message.Headers);
        if (request.Operation is { } operation)
        {
            message.Headers.TryAddWithoutValidation("X-PaymentHsm-Operation-Id", operation.ToString("D"));
        }

        if (request.IfMatch is { } tag)
        {
            message.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        if (request.Body is not null)
        {
            // A byte array states its length; controllers in the field do not take chunked bodies.
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        }

        return message;
    }

    private async Task<RedfishAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var (bytes, tooLong) = await ReadBytesAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var (body, problem, retries) = tooLong ? (default, $"a body over {Limits.BodyBytes} bytes", 0) : ToJson(status, response.Content.Headers.ContentType, bytes);
        return new RedfishAnswer(
            status,
            Single(response.Headers, "Location"),
            Single(response.Headers, "X-Auth-Token"),
            Single(response.Headers, "ETag"),
            RetryAfter(response.Headers.RetryAfter),
            body,
            problem,
            retries);
    }

    private async Task<(ReadOnlyMemory<byte> Bytes, bool TooLong)> ReadBytesAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > Limits.BodyBytes)
        {
            return (default, true);
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var buffer = new MemoryStream();
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (buffer.Length + read > Limits.BodyBytes)
                {
                    return (default, true);
                }

                buffer.Write(chunk, 0, read);
            }

            return (buffer.GetBuffer().AsMemory(0, (int)buffer.Length), false);
        }
    }

    private (JsonView Body, string? Problem, int Retries) ToJson(int status, MediaTypeHeaderValue? type, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return (default, status == 200 ? "an empty body" : null, 0);
        }

        if (!string.Equals(type?.MediaType, Json, StringComparison.OrdinalIgnoreCase))
        {
            return (default, $"a body of type '{Words.Short(type?.MediaType)}' instead of JSON", 0);
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
            var root = new JsonView(document.RootElement.Clone());
            return root.IsObject ? (root, null, 0) : (default, "JSON that is no object", 0);
        }
        catch (JsonException)
        {
            return (default, "broken or too deep JSON", 1);
        }
    }

    private static string? Single(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && values.ToArray() is [{ Length: > 0 and <= 4096 } value] ? value : null;

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - Time.GetUtcNow() : null);
}
