using System.Text.Json;
using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Redfish;
using PaymentHsm.Device.Transport;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Enrolment;

/// <summary>Reads the fleet from <c>{Fleet:Source}/devices</c>. A device whose record is wrong is left out with a logged reason; the others are not held up by it.</summary>
internal sealed class ControlApiEnrolment(Func<Uri> source, DeviceDirectory directory, RedfishLimits limits, ILogger<ControlApiEnrolment> log) : IFleetEnrolment, IDisposable
{
    private const long LongestAnswer = 64 * 1024 * 1024;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        Timeout = TimeSpan.FromSeconds(30),
        MaxResponseContentBufferSize = LongestAnswer,
    };

    private int _warnedOf;

    /// <inheritdoc/>
    public bool IsRead => directory.IsRead;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EnrolledDevice>> ReadAsync(CancellationToken cancellationToken)
    {
        var place = new Uri(source().GetLeftPart(UriPartial.Path).TrimEnd('/') + "/devices");
        using var records = await FetchAsync(place, cancellationToken).ConfigureAwait(false);
        var entries = Read(records.RootElement);
        directory.Replace(entries);
        log.Enrolled(entries.Count, place);
        WarnOfHandles(entries.Count);
        return [.. entries.Select(entry => entry.Device)];
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Said, once for each size, before the handles run out: then everything fails at once.</summary>
    private void WarnOfHandles(int count)
    {
        var needed = (count * limits.Connections) + FileHandles.OfTheProgram;
        if (Interlocked.Exchange(ref _warnedOf, count) != count && FileHandles.Limit() is { } limit && needed > limit)
        {
            log.FewHandles(count, needed, limit);
        }
    }

    private async Task<JsonDocument> FetchAsync(Uri place, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(place, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new LinkException(LinkFault.Protocol, $"{place} answered {(int)response.StatusCode}.");
            }

            var records = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return records.RootElement.ValueKind == JsonValueKind.Array ? records : throw new JsonException("The answer is no array.");
        }
        catch (JsonException failure)
        {
            throw new LinkException(LinkFault.Protocol, $"{place} did not answer with a list of devices.", failure);
        }
        catch (HttpRequestException failure)
        {
            throw new LinkException(LinkFault.Unreachable, $"{place} cannot be read: {failure.Message}", failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LinkException(LinkFault.NoAnswer, $"{place} did not answer in time.", failure);
        }
    }

    private List<DeviceEntry> Read(JsonElement records)
    {
        var anchors = new Dictionary<string, TrustAnchors>(StringComparer.Ordinal);
        var reader = new DeviceRecordReader(file => anchors.TryGetValue(file, out var known) ? known : anchors[file] = TrustAnchors.FromPemFile(file));
        var entries = new Dictionary<HsmSerial, DeviceEntry>();
        foreach (var record in records.EnumerateArray().Select(record => new JsonView(record)))
        {
            try
            {
                var entry = reader.Read(record);
                if (!entries.TryAdd(entry.Device.Serial, entry))
                {
                    throw new FormatException("serial (twice)");
                }
            }
            catch (FormatException failure)
            {
                log.LeftOut(Words.Short(record.At("serial").Text), failure.Message);
            }
        }

        return [.. entries.Values];
    }
}
