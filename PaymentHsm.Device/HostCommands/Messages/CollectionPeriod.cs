namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>The block that J3, J5 and J9 share: which unit, and over which time its figures were gathered (HOST-COMMANDS 3.5).</summary>
/// <param name="Serial">Serial number, twelve characters.</param>
/// <param name="Start">When the collection began.</param>
/// <param name="End">When it ended; equals <paramref name="Current"/> while it runs.</param>
/// <param name="Current">The device's clock.</param>
internal sealed record CollectionPeriod(string Serial, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Current)
{
    /// <summary>Characters of a serial number.</summary>
    public const int SerialLength = 12;

    /// <summary>Bytes of the block.</summary>
    public const int Length = SerialLength + (3 * 12);

    /// <summary>Digits of a number of seconds or periods.</summary>
    public const int CountDigits = 10;

    /// <summary>Reads the block.</summary>
    public static CollectionPeriod Decode(ref FieldReader reader)
    {
        var serial = reader.Text(SerialLength, "serial number");
        var start = reader.DateAndTime("start");
        var end = reader.DateAndTime("end");
        return new CollectionPeriod(serial, start, end, reader.DateAndTime("current time"));
    }

    /// <summary>Writes the block.</summary>
    public void Encode(ref FieldWriter writer)
    {
        writer.Text(Serial, SerialLength);
        writer.DateAndTime(Start);
        writer.DateAndTime(End);
        writer.DateAndTime(Current);
    }
}
