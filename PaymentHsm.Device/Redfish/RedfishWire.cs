using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>One request, one answer, with limits; knows nothing of sessions or retries. Every failure comes out as one classified fault.</summary>
internal sealed class RedfishWire(HttpMessageInvoker pool, RedfishLimits limits, TimeProvider time)
{
    private const string Json = "application/json";
    private const int FirstBuffer = 16 * 1024;

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
        var (body, problem, retries) = await ReadBodyAsync(status, response.Content, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Reads the body through a borrowed buffer: what is kept of it, the JSON document has copied.</summary>
    private async Task<(JsonView Body, string? Problem, int Retries)> ReadBodyAsync(int status, HttpContent content, CancellationToken cancellationToken)
    {
        var tooLong = (default(JsonView), $"a body over {Limits.BodyBytes} bytes", 0);
        if (content.Headers.ContentLength > Limits.BodyBytes)
        {
            return tooLong;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
            try
            {
                var length = 0;
                int read;
                while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
                {
                    length += read;
                    if (length > Limits.BodyBytes)
                    {
                        return tooLong;
                    }

                    buffer = length == buffer.Length ? Grown(buffer) : buffer;
                }

                return ToJson(status, content.Headers.ContentType, buffer.AsMemory(0, length));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static byte[] Grown(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
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
