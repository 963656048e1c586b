using System.Text.Json;
using PaymentHsm.Domain.Firmware;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One patch wave; the plan with its members is JSON because it is only read and written as a whole.</summary>
internal sealed class PatchWaveRow
{
    public Guid Id { get; set; }
    public DateTimeOffset PlannedAt { get; set; }

    /// <summary>True until it has ended; one wave at a time.</summary>
    public bool IsOpen { get; set; }
    public required string Plan { get; set; }
    public long Version { get; set; }

    public static PatchWaveRow Of(PatchWave wave)
    {
        var row = new PatchWaveRow { Id = wave.Id, PlannedAt = wave.PlannedAt, Plan = "" };
        row.Take(wave);
        return row;
    }

    public void Take(PatchWave wave)
    {
        IsOpen = !wave.IsEnded;
        Plan = JsonSerializer.Serialize(wave, StoredJson.Options);
    }

    public PatchWave ToWave() => (JsonSerializer.Deserialize<PatchWave>(Plan, StoredJson.Options) ?? throw new InvalidDataException($"Wave {Id} cannot be read.")) with { Version = Version };
}
