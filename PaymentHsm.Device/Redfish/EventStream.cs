using System.Text;
using System.Text.Json;

namespace PaymentHsm.Device.Redfish;

/// <summary>One pushed event: its id, which is the log entry's, and its first message id.</summary>
internal sealed record PushedEvent(string? Id, string? MessageId);

/// <summary>An open event stream. It owns the response. Its end is a null, never an exception other than cancellation.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private const int LongestLine = 256 * 1024;
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly RedfishWire _wire;
    private readonly byte[] _buffer = new byte[4096];
    private readonly MemoryStream _line = new();
    private int _at;
    private int _filled;

    private EventStream(HttpResponseMessage response, Stream stream, RedfishWire wire) => (_response, _stream, _wire) = (response, stream, wire);

    /// <summary>Why the stream ended, in words.</summary>
    public string EndedBecause { get; private set; } = "";

    public static async Task<EventStream> OverAsync(HttpResponseMessage response, RedfishWire wire, CancellationToken cancellationToken) =>
        new(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), wire);

    /// <summary>The next event; null when the stream has ended, fell silent or carried garbage.</summary>
    public async Task<PushedEvent?> NextAsync(CancellationToken cancellationToken)
    {
        string? id = null;
        var data = new StringBuilder();
        while (await LineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
            {
                if (data.Length > 0)
                {
                    return ToEvent(id, data.ToString());
                }
            }
            else if (Field(line, "id:") is { } value)
            {
                id = value.Length <= 64 ? value : null;
            }
            else if (Field(line, "data:") is { } more && data.Length + more.Length <= LongestLine)
            {
                data.Append(more);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
        _line.Dispose();
    }

    private static string? Field(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..].Trim() : null;

    private PushedEvent? ToEvent(string? id, string data)
    {
        try
        {
            using var document = JsonDocument.Parse(data, new JsonDocumentOptions { MaxDepth = _wire.Limits.JsonDepth });
            return new PushedEvent(id, new JsonView(document.RootElement).At("Events").Items.Select(item => item.At("MessageId").Text).FirstOrDefault());
        }
        catch (JsonException)
        {
            EndedBecause = "A pushed event was no JSON.";
            return null;
        }
    }

    /// <summary>One line without its end; null when no more come.</summary>
    private async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_at == _filled && !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            var rest = _buffer.AsMemory(_at, _filled - _at);
            var end = rest.Span.IndexOf((byte)'\n');
            _line.Write(rest.Span[..(end < 0 ? rest.Length : end)]);
            _at += end < 0 ? rest.Length : end + 1;
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length).TrimEnd('\r');
                _line.SetLength(0);
                return line;
            }

            if (_line.Length > LongestLine)
            {
                EndedBecause = "A line of the event stream has no end.";
                return null;
            }
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(_wire.Limits.Silence, _wire.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            (_at, _filled) = (0, await _stream.ReadAsync(_buffer, stop.Token).ConfigureAwait(false));
            EndedBecause = _filled == 0 ? "The controller closed the event stream." : "";
            return _filled > 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            EndedBecause = $"Nothing came for {Words.Seconds(_wire.Limits.Silence)}.";
            return false;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            EndedBecause = "The event stream broke.";
            return false;
        }
    }
}
