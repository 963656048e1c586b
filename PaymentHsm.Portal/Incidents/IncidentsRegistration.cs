namespace PaymentHsm.Portal.Incidents;

internal static class IncidentsRegistration
{
    /// <summary>Tampers as incidents.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services) => services
        .AddSingleton<ITamperIncidents, TamperIncidents>()
        .AddHostedService<TamperWatch>();
}
