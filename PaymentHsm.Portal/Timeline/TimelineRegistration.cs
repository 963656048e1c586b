namespace PaymentHsm.Portal.Timeline;

internal static class TimelineRegistration
{
    public static IServiceCollection AddTimeline(this IServiceCollection services) => services.AddSingleton<ITimelines, Timelines>();
}
