namespace PaymentHsm.Benchmarks.OutOfBand;

/// <summary>Sizes of a run.</summary>
/// <param name="Devices">Simulated devices.</param>
/// <param name="Interval">Between two polls of a device.</param>
/// <param name="Steady">Length of the run without Gen2 collections.</param>
internal sealed record OobPollPlan(int Devices, TimeSpan Interval, TimeSpan Steady);
