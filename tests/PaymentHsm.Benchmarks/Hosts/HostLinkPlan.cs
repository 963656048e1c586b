namespace PaymentHsm.Benchmarks.Hosts;

/// <summary>Sizes of a run.</summary>
/// <param name="Stretch">Length of each measured stretch.</param>
/// <param name="Targets">Targets of the comparison.</param>
/// <param name="Many">Targets of the large run.</param>
/// <param name="Steady">Length of the run without Gen2 collections.</param>
internal sealed record HostLinkPlan(TimeSpan Stretch, int Targets, int Many, TimeSpan Steady);
