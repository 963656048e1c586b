using System.Diagnostics.Tracing;

namespace PaymentHsm.Benchmarks.OutOfBand;

/// <summary>Bytes that this process sent and received on sockets, TLS included, by the runtime's own counters.</summary>
internal sealed class SocketBytes : EventListener
{
    private readonly SemaphoreSlim _ticked = new(0);
    private long _sent;
    private long _received;

    /// <summary>Waits for counters that are newer than now.</summary>
    public async Task<(long Sent, long Received)> ReadAsync(CancellationToken stop)
    {
        while (_ticked.CurrentCount > 0)
        {
            await _ticked.WaitAsync(stop);
        }

        // The first report after now may have been taken just before.
        for (var report = 0; report < 2; report++)
        {
            await _ticked.WaitAsync(TimeSpan.FromSeconds(10), stop);
        }

        return (Interlocked.Read(ref _sent), Interlocked.Read(ref _received));
    }

    public override void Dispose()
    {
        base.Dispose();
        _ticked.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets")
        {
            EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.None, new Dictionary<string, string?> { ["EventCounterIntervalSec"] = "1" });
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName != "EventCounters" || eventData.Payload is not [IDictionary<string, object> counter, ..] || counter["Name"] is not string name)
        {
            return;
        }

        switch (name)
        {
            case "bytes-sent":
                Interlocked.Exchange(ref _sent, Convert.ToInt64(counter["Mean"], System.Globalization.CultureInfo.InvariantCulture));
                _ticked.Release();
                break;
            case "bytes-received":
                Interlocked.Exchange(ref _received, Convert.ToInt64(counter["Mean"], System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }
}
