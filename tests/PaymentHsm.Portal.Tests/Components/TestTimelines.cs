using PaymentHsm.Portal.Timeline;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Answers what a test put in, and remembers what it was asked.</summary>
internal sealed class TestTimelines : ITimelines
{
    public TimelineView View { get; set; } = new(0, [], []);

    public TimelineFilter? Asked { get; private set; }

    public Task<TimelineView> ReadAsync(TimelineSubject subject, TimelineFilter filter, CancellationToken cancellationToken)
    {
        Asked = filter;
        return Task.FromResult(View);
    }
}
