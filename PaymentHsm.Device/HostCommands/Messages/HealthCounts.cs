namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>J8: health check accumulated counts (HOST-COMMANDS 3.9). Without data.</summary>
internal readonly record struct HealthCountsRequest : IHostRequest<HealthCountsAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("J8");

    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }

    /// <inheritdoc/>
    public HealthCountsAnswer DecodeAnswer(ref FieldReader reader) => HealthCountsAnswer.Decode(ref reader);
}

/// <summary>J9.</summary>
/// <param name="Period">Unit and time.</param>
/// <param name="Reboots">Reboots.</param>
/// <param name="Tampers">Tampers.</param>
/// <param name="PinFailuresPerMinute">Times the per-minute limit of failed PIN verifications was exceeded.</param>
/// <param name="PinFailuresPerHour">Times the per-hour limit was exceeded.</param>
/// <param name="PinAttacks">Times the PIN attack limit was exceeded.</param>
internal sealed record HealthCountsAnswer(CollectionPeriod Period, long Reboots, long Tampers, int PinFailuresPerMinute, int PinFailuresPerHour, int PinAttacks)
    : IHostAnswer
{
    /// <inheritdoc/>
    public int Length => CollectionPeriod.Length + 10 + 10 + 7 + 5 + 8;

    /// <summary>Reads the data.</summary>
    public static HealthCountsAnswer Decode(ref FieldReader reader)
    {
        var period = CollectionPeriod.Decode(ref reader);
        var reboots = reader.Number(10, "reboots");
        var tampers = reader.Number(10, "tampers");
        var perMinute = reader.SmallNumber(7, "per-minute limit exceeded");
        var perHour = reader.SmallNumber(5, "per-hour limit exceeded");
        return new HealthCountsAnswer(period, reboots, tampers, perMinute, perHour, reader.SmallNumber(8, "PIN attack limit exceeded"));
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        Period.Encode(ref writer);
        writer.Number(Reboots, 10);
        writer.Number(Tampers, 10);
        writer.Number(PinFailuresPerMinute, 7);
        writer.Number(PinFailuresPerHour, 5);
        writer.Number(PinAttacks, 8);
    }
}
