namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>J2: HSM loading (HOST-COMMANDS 3.6). Without data.</summary>
internal readonly record struct LoadingRequest : IHostRequest<LoadingAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("J2");

    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }

    /// <inheritdoc/>
    public LoadingAnswer DecodeAnswer(ref FieldReader reader) => LoadingAnswer.Decode(ref reader);
}

/// <summary>J3.</summary>
/// <param name="Period">Unit and time.</param>
/// <param name="Seconds">Seconds measured.</param>
/// <param name="Ranges">How many one-second periods fell into each range of load; as the unit lists them, gaps and overlaps included.</param>
internal sealed record LoadingAnswer(CollectionPeriod Period, long Seconds, IReadOnlyList<LoadRange> Ranges) : IHostAnswer
{
    /// <inheritdoc/>
    public int Length => CollectionPeriod.Length + CollectionPeriod.CountDigits + (Ranges.Count * LoadRange.Length);

    /// <summary>Reads the data. Clients of real units disagree about the delimiter: <c>;</c> and <c>,</c> count, and the last may be missing.</summary>
    public static LoadingAnswer Decode(ref FieldReader reader)
    {
        var period = CollectionPeriod.Decode(ref reader);
        var seconds = reader.Number(CollectionPeriod.CountDigits, "seconds measured");
        var ranges = new List<LoadRange>();
        while (reader.LengthBeforeTrailer > 0)
        {
            ranges.Add(LoadRange.Decode(ref reader));
        }

        return new LoadingAnswer(period, seconds, ranges);
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        Period.Encode(ref writer);
        writer.Number(Seconds, CollectionPeriod.CountDigits);
        foreach (var range in Ranges)
        {
            range.Encode(ref writer);
        }
    }
}
