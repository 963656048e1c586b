namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>The tamper in JL; sent only by a tampered unit.</summary>
/// <param name="Cause">00 unknown, 01 temperature, 02 battery low, 03 erase button, 04 watchdog, 05 power, 06 security processor restart, 07 motion, 08 case, 09 TSPP, 10 general.</param>
/// <param name="At">When, on the device's clock.</param>
internal sealed record TamperEvent(int Cause, DateTimeOffset At)
{
    /// <summary>Bytes of the block.</summary>
    public const int Length = 14;

    /// <summary>Reads the block.</summary>
    public static TamperEvent Decode(ref FieldReader reader)
    {
        var cause = reader.SmallNumber(2, "tamper cause");
        return new TamperEvent(cause, reader.DateAndTime("tamper time"));
    }

    /// <summary>Writes the block.</summary>
    public void Encode(ref FieldWriter writer)
    {
        writer.Number(Cause, 2);
        writer.DateAndTime(At);
    }
}

/// <summary>Tamper state in JL (SNMP counts one higher).</summary>
internal enum TamperWord
{
    /// <summary>Not known to the unit.</summary>
    Unknown = 0,

    /// <summary>Not tampered.</summary>
    None = 1,

    /// <summary>Tampered; the cause follows.</summary>
    Tampered = 2,
}
