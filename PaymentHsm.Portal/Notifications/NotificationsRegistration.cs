using PaymentHsm.Domain.Notifications;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Notifications;

internal static class NotificationsRegistration
{
    /// <summary>Telling people, in the portal and outside of it.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services, PortalSettings settings)
    {
        services.AddHttpClient(WebhookSender.Client).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        return services
            .AddSingleton(settings.Notifications)
            .AddSingleton(settings.Notifications.OnCall.Roster)
            .AddSingleton<NoticeWriter>()
            .AddSingleton<NamedChanges<Notice>>()
            .AddSingleton<INotifier, Notifier>()
            .AddSingleton<INoticeList, NoticeList>()
            .AddSingleton<IDeliverySender, MailSender>()
            .AddSingleton<IDeliverySender, WebhookSender>()
            .AddHostedService<NoticeDispatcher>();
    }
}
