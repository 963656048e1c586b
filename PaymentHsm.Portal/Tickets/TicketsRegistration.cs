namespace PaymentHsm.Portal.Tickets;

internal static class TicketsRegistration
{
    public static IServiceCollection AddTickets(this IServiceCollection services) => services.AddSingleton<ITicketDesk, TicketDesk>();
}
