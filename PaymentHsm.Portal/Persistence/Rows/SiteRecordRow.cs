using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>Arrival and racking of one device as people recorded them.</summary>
internal sealed class SiteRecordRow
{
    public required string Serial { get; set; }
    public required string Manifest { get; set; }
    public required string Seal { get; set; }
    public required string PhotoSha256 { get; set; }
    public required string SecondPerson { get; set; }
    public required string ReceivedBy { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Null while it is not racked; then the rest is null too.</summary>
    public DateTimeOffset? RackedAt { get; set; }
    public string? RackedBy { get; set; }
    public string? Region { get; set; }
    public string? Stamp { get; set; }
    public string? Rack { get; set; }
    public int? Slot { get; set; }
    public string? FeedA { get; set; }
    public string? FeedB { get; set; }
    public string? OobPort { get; set; }
    public string? Host1Port { get; set; }
    public string? Host2Port { get; set; }
    public string? ManagementPort { get; set; }

    public static SiteRecordRow Of(HsmSerial serial, SiteArrival arrival) => new()
    {
        Serial = serial.ToString(),
        Manifest = arrival.Manifest,
        Seal = arrival.Seal,
        PhotoSha256 = arrival.PhotoSha256,
        SecondPerson = arrival.SecondPerson,
        ReceivedBy = arrival.By,
        ReceivedAt = arrival.At,
    };

    public void Take(SiteRacking racking)
    {
        (Region, Stamp, Rack, Slot) = (racking.Place.Region, racking.Place.Stamp, racking.Place.Rack, racking.Place.Slot);
        (FeedA, FeedB) = (racking.FeedA, racking.FeedB);
        (OobPort, Host1Port, Host2Port, ManagementPort) = (racking.OobPort, racking.Host1Port, racking.Host2Port, racking.ManagementPort);
        (RackedBy, RackedAt) = (racking.By, racking.At);
    }

    public SiteRecord ToRecord() => new(
        HsmSerial.Parse(Serial),
        new SiteArrival(Manifest, Seal, PhotoSha256, SecondPerson, ReceivedBy, ReceivedAt),
        RackedAt is { } at ? new SiteRacking(new Location(Region!, Stamp!, Rack!, Slot!.Value), FeedA!, FeedB!, OobPort!, Host1Port!, Host2Port!, ManagementPort!, RackedBy!, at) : null);
}
