namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>Fills a span with random bytes; a delegate so that tests know them.</summary>
internal delegate void RandomSource(Span<byte> destination);
