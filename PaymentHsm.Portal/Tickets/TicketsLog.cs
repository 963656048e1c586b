namespace PaymentHsm.Portal.Tickets;

internal static partial class TicketsLog
{
    [LoggerMessage(5401, LogLevel.Warning, "The clocks of the tickets could not be looked at; tried again at the next look.")]
    public static partial void ClockLookFailed(this ILogger log, Exception exception);

    [LoggerMessage(5402, LogLevel.Warning, "A page could not follow its ticket; tried again.")]
    public static partial void TicketFeedBroken(this ILogger log, Exception exception);
}
