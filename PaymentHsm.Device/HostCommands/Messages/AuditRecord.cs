namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>One record of the unit's audit log: 40 bytes, sent as 80 hexadecimal digits.</summary>
/// <param name="Counter">Record number; starts anew when the log is cleared, wraps after FFFFFFFF.</param>
/// <param name="At">When, on the device's clock; packed as hhmmssDDMMYY, unlike the J commands.</param>
/// <param name="Action">Command or action code.</param>
/// <param name="Mask">Type and flags; the low twelve bits are reserved and kept as read.</param>
/// <param name="Result">Error code of the command; for fraud records which limit.</param>
/// <param name="Mac">MAC of the record.</param>
/// <param name="MacKey">Random key of the MAC.</param>
internal sealed record AuditRecord(uint Counter, DateTimeOffset At, CommandCode Action, ushort Mask, ErrorCode Result, ulong Mac, UInt128 MacKey)
{
    /// <summary>Digits on the wire.</summary>
    public const int Length = 80;

    /// <summary>Flag of an archived record.</summary>
    public const ushort ArchivedFlag = 0x2000;

    /// <summary>Flag of a retrieved record.</summary>
    public const ushort RetrievedFlag = 0x1000;

    /// <summary>What kind of event it is: the two highest bits of the mask.</summary>
    public AuditKind Kind => (AuditKind)(Mask >> 14);

    /// <summary>True when the record was archived by printing.</summary>
    public bool IsArchived => (Mask & ArchivedFlag) != 0;

    /// <summary>True when the record was retrieved.</summary>
    public bool IsRetrieved => (Mask & RetrievedFlag) != 0;

    /// <summary>Reads the record.</summary>
    public static AuditRecord Decode(ref FieldReader reader)
    {
        var counter = (uint)reader.Hexadecimal(8, "counter");

        // Packed decimal: the digits are those of the hexadecimal text.
        var hour = reader.SmallNumber(2, "hour");
        var minute = reader.SmallNumber(2, "minute");
        var second = reader.SmallNumber(2, "second");
        var day = reader.SmallNumber(2, "day");
        var month = reader.SmallNumber(2, "month");
        var at = FieldReader.Moment(reader.SmallNumber(2, "year"), month, day, hour, minute, second, "record time");
        var action = Pair(ref reader, "action code");
        var mask = (ushort)reader.Hexadecimal(4, "mask");
        var result = Pair(ref reader, "response error code");
        var mac = reader.Hexadecimal(16, "MAC");
        var key = new UInt128(reader.Hexadecimal(16, "MAC key"), reader.Hexadecimal(16, "MAC key"));
        return new AuditRecord(counter, at, action, mask, new ErrorCode(result.First, result.Second), mac, key);
    }

    /// <summary>Writes the record.</summary>
    public void Encode(ref FieldWriter writer)
    {
        var utc = At.UtcDateTime;
        writer.Hexadecimal(Counter, 8);
        writer.Number(utc.Hour, 2);
        writer.Number(utc.Minute, 2);
        writer.Number(utc.Second, 2);
        writer.Number(utc.Day, 2);
        writer.Number(utc.Month, 2);
        writer.Number(utc.Year % 100, 2);
        writer.Hexadecimal((uint)((Action.First << 8) | Action.Second), 4);
        writer.Hexadecimal(Mask, 4);
        writer.Hexadecimal((uint)((Result.First << 8) | Result.Second), 4);
        writer.Hexadecimal(Mac, 16);
        writer.Hexadecimal((ulong)(MacKey >> 64), 16);
        writer.Hexadecimal((ulong)MacKey, 16);
    }

    private static CommandCode Pair(ref FieldReader reader, string field)
    {
        var first = (byte)reader.Hexadecimal(2, field);
        var code = new CommandCode(first, (byte)reader.Hexadecimal(2, field));
        return code.IsPrintable ? code : throw new HostProtocolException($"'{field}' is not printable.");
    }
}

/// <summary>Kinds of audit records.</summary>
internal enum AuditKind
{
    /// <summary>A host command.</summary>
    Host = 0b00,

    /// <summary>A console command.</summary>
    Console = 0b01,

    /// <summary>A fraud detection limit was exceeded.</summary>
    Fraud = 0b10,

    /// <summary>A user's action or an event of the unit, for example a reboot request (88).</summary>
    UserAction = 0b11,
}
