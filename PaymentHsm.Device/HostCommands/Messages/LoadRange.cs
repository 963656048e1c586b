namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>One range of load in J3: from start up to but not including end, in per cent of the licensed performance.</summary>
/// <param name="Start">Lower bound in per cent.</param>
/// <param name="End">Upper bound in per cent.</param>
/// <param name="Periods">One-second periods within the range.</param>
internal readonly record struct LoadRange(int Start, int End, long Periods)
{
    /// <summary>Bytes of a record, delimiter included.</summary>
    public const int Length = 17;

    /// <summary>Reads one record and the delimiter after it, unless the message ends there.</summary>
    public static LoadRange Decode(ref FieldReader reader)
    {
        var start = reader.SmallNumber(3, "start of range");
        var end = reader.SmallNumber(3, "end of range");
        var periods = reader.Number(CollectionPeriod.CountDigits, "number of periods");
        return reader.LengthBeforeTrailer == 0 || reader.TryByte((byte)';') || reader.TryByte((byte)',')
            ? new LoadRange(start, end, periods)
            : throw new HostProtocolException("No delimiter after a range.");
    }

    /// <summary>Writes one record; every one ends in <c>;</c>, also the last, because a known client drops a record without it.</summary>
    public void Encode(ref FieldWriter writer)
    {
        writer.Number(Start, 3);
        writer.Number(End, 3);
        writer.Number(Periods, CollectionPeriod.CountDigits);
        writer.Character(';');
    }
}
