using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What people at the data centre recorded of a device's arrival and racking (R11, D1, D2).</summary>
/// <param name="Serial">Which device.</param>
/// <param name="Received">Its arrival.</param>
/// <param name="Racked">Its racking; null before that.</param>
public sealed record SiteRecord(HsmSerial Serial, SiteArrival Received, SiteRacking? Racked);

/// <summary>An arrival (D1).</summary>
/// <param name="Manifest">Number of the delivery manifest that names the serial.</param>
/// <param name="Seal">Number on the intact seal.</param>
/// <param name="PhotoSha256">SHA-256 of the photo of the seal, lower case.</param>
/// <param name="SecondPerson">Who else was there.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When (UTC).</param>
public sealed record SiteArrival(string Manifest, string Seal, string PhotoSha256, string SecondPerson, string By, DateTimeOffset At);

/// <summary>A racking (D2). Names of outlets and ports are those on the labels; they are unique within a stamp.</summary>
/// <param name="Place">The slot that was scanned.</param>
/// <param name="FeedA">Outlet of power supply 1.</param>
/// <param name="FeedB">Outlet of power supply 2.</param>
/// <param name="OobPort">Switch port of the out-of-band controller.</param>
/// <param name="Host1Port">Switch port of host interface 1.</param>
/// <param name="Host2Port">Switch port of host interface 2.</param>
/// <param name="ManagementPort">Switch port of the management interface.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When (UTC).</param>
public sealed record SiteRacking(Location Place, string FeedA, string FeedB, string OobPort, string Host1Port, string Host2Port, string ManagementPort, string By, DateTimeOffset At);
