using System.Collections.Concurrent;
using System.Diagnostics;

namespace PaymentHsm.Benchmarks.OutOfBand;

/// <summary>Sees every HTTP request of this process while it lives, by the runtime's own tracing.</summary>
internal sealed class RequestWatch : IDisposable
{
    private readonly ConcurrentQueue<Uri> _seen = new();
    private readonly ActivityListener _listener;

    public RequestWatch()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("url.full") is string url)
                {
                    _seen.Enqueue(new Uri(url));
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>What was requested, in order.</summary>
    public IReadOnlyList<Uri> Requests => [.. _seen];

    public void Dispose() => _listener.Dispose();
}
