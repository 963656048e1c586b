namespace PaymentHsm.Benchmarks.Web;

/// <summary>Sizes of a run.</summary>
/// <param name="Devices">Simulated devices; about a third of them get a customer's resource.</param>
/// <param name="Requests">How often each question is asked.</param>
/// <param name="GridOnly">All devices stay in the pool and only the grid is asked.</param>
internal sealed record PortalPlan(int Devices, int Requests, bool GridOnly);
