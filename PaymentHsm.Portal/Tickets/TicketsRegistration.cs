using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Tickets;

internal static class TicketsRegistration
{
    /// <summary>Tickets, their documents and their clocks.</summary>
    public static IServiceCollection AddTickets(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings.Tickets)
        .AddSingleton<NamedChanges<Ticket>>()
        .AddSingleton<DocumentFiles>()
        .AddSingleton<TicketFiling>()
        .AddSingleton<ITicketFiling>(s => s.GetRequiredService<TicketFiling>())
        .AddSingleton<ITicketDocuments>(s => s.GetRequiredService<TicketFiling>())
        .AddSingleton<ITicketDesk, TicketDesk>()
        .AddSingleton<TicketClockKeeper>()
        .AddSingleton<ITicketClocks>(s => s.GetRequiredService<TicketClockKeeper>())
        .AddHostedService(s => s.GetRequiredService<TicketClockKeeper>());
}
