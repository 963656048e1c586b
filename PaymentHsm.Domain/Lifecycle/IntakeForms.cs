namespace PaymentHsm.Domain.Lifecycle;

/// <summary>An arrival as typed or imported; nothing is checked yet.</summary>
public sealed record ArrivalForm(string? Serial, string? Manifest, string? Seal, string? PhotoSha256, string? SecondPerson);

/// <summary>A racking as typed, scanned or imported; nothing is checked yet.</summary>
/// <param name="Slot">The code on the slot's label: <c>U21</c>, or <c>R12/U21</c>.</param>
public sealed record RackingForm(
    string? Region, string? Stamp, string? Rack, string? Slot, string? FeedA, string? FeedB, string? OobPort, string? Host1Port, string? Host2Port, string? ManagementPort)
{
    /// <summary>True when nothing was filled in: the device was received only.</summary>
    public bool IsEmpty => new[] { Region, Stamp, Rack, Slot, FeedA, FeedB, OobPort, Host1Port, Host2Port, ManagementPort }.All(string.IsNullOrWhiteSpace);
}

/// <summary>One thing that is wrong with a form.</summary>
/// <param name="Column">Name of the field, as in the file.</param>
/// <param name="Problem">What is wrong, in one sentence.</param>
public sealed record IntakeFault(string Column, string Problem);
