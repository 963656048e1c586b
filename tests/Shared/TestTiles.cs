using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Tests;

/// <summary>Tiles for tests: healthy unless said otherwise.</summary>
public static class TestTiles
{
    /// <summary>The test's present.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 14, 5, 31, TimeSpan.Zero);

    public static HsmTile Tile(
        string serial = "A4665271234F",
        Health health = Health.Ok,
        CustodyState custody = CustodyState.Customer,
        string? customer = "Contoso Acquiring",
        HsmState lifecycle = HsmState.Allocated,
        string region = "eastus",
        string stamp = "stamp1",
        string rack = "R12",
        int slot = 21,
        TimeSpan? age = null,
        Guid? operation = null,
        params Reading[] readings)
    {
        var at = Now - (age ?? TimeSpan.FromSeconds(5));
        var all = ReadingName.All.ToDictionary(name => name, name => Reading(name, Health.Ok, at));
        foreach (var reading in readings)
        {
            all[reading.Name] = reading;
        }

        return new HsmTile(
            HsmSerial.Parse(serial), new Location(region, stamp, rack, slot), lifecycle, custody, custody == CustodyState.Operator ? null : customer, health, at, all, TimeSpan.FromSeconds(30), operation);
    }

    /// <summary>A device whose tamper latch is set.</summary>
    public static HsmTile Tampered(string serial = "A4665271240B", TimeSpan? age = null) => Tile(
        serial, Health.Critical, age: age, readings: Reading(ReadingName.Tamper, Health.Critical, word: "TamperingDetected"));

    public static Reading Reading(string name, Health health, DateTimeOffset? at = null, DateTimeOffset? since = null, string? word = null, double? number = null, string? why = null) => new(
        name,
        word is not null ? ReadingValue.Of(word) : number is { } value ? ReadingValue.Of(value) : ReadingValue.Of("LinkUp"),
        null,
        health,
        at ?? Now,
        since ?? Now - TimeSpan.FromHours(1),
        "OOB",
        why);
}
