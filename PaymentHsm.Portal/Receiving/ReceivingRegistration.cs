namespace PaymentHsm.Portal.Receiving;

internal static class ReceivingRegistration
{
    /// <summary>Recording arrivals and rackings.</summary>
    public static IServiceCollection AddReceiving(this IServiceCollection services) => services.AddSingleton<IIntakeDesk, IntakeDesk>();
}
