namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>JK: instantaneous health check (HOST-COMMANDS 3.11). On hosted units each call can add error-log lines. Without data.</summary>
internal readonly record struct InstantHealthRequest : IHostRequest<InstantHealthAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("JK");

    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }

    /// <inheritdoc/>
    public InstantHealthAnswer DecodeAnswer(ref FieldReader reader) => InstantHealthAnswer.Decode(ref reader);
}

/// <summary>JL.</summary>
/// <param name="Serial">Serial number, twelve characters.</param>
/// <param name="Current">The device's clock.</param>
/// <param name="Services">Console, management and host ports.</param>
/// <param name="Tamper">The tamper state; a value outside the enumeration is kept as read.</param>
/// <param name="TamperEvent">What happened; present exactly when <paramref name="Tamper"/> says tampered.</param>
/// <param name="TestLmks">How many of the loaded LMKs are test LMKs.</param>
/// <param name="OldLmks">Old LMKs held for a key change.</param>
/// <param name="Lmks">The loaded LMKs; their number is sent before the list.</param>
/// <param name="FraudDetectionExceeded">True when a fraud detection limit was exceeded.</param>
/// <param name="PinAttacksExceeded">True when the PIN attack limit was exceeded.</param>
internal sealed record InstantHealthAnswer(
    string Serial,
    DateTimeOffset Current,
    ServiceStates Services,
    TamperWord Tamper,
    TamperEvent? TamperEvent,
    int TestLmks,
    int OldLmks,
    IReadOnlyList<LmkReport> Lmks,
    bool FraudDetectionExceeded,
    bool PinAttacksExceeded) : IHostAnswer
{
    // Present even without any LMK.
    private const byte ListEnd = 0x15;

    /// <inheritdoc/>
    public int Length => CollectionPeriod.SerialLength + 12 + ServiceStates.Length + 1 + (TamperEvent is null ? 0 : TamperEvent.Length) + 6 + Lmks.Sum(lmk => lmk.Length) + 1 + 2;

    /// <summary>Reads the data.</summary>
    public static InstantHealthAnswer Decode(ref FieldReader reader)
    {
        var serial = reader.Text(CollectionPeriod.SerialLength, "serial number");
        var current = reader.DateAndTime("current time");
        var services = ServiceStates.Decode(ref reader);
        var tamper = (TamperWord)reader.SmallNumber(1, "tamper state");
        var tamperEvent = tamper == TamperWord.Tampered ? TamperEvent.Decode(ref reader) : null;
        var loaded = reader.SmallNumber(2, "LMKs loaded");
        var test = reader.SmallNumber(2, "test LMKs");
        var old = reader.SmallNumber(2, "old LMKs");
        var lmks = new List<LmkReport>(loaded);
        while (!reader.TryByte(ListEnd))
        {
            lmks.Add(LmkReport.Decode(ref reader));
        }

        if (lmks.Count != loaded)
        {
            throw new HostProtocolException("The LMK list does not hold as many LMKs as are loaded.");
        }

        var fraud = reader.Flag("fraud detection exceeded");
        return new InstantHealthAnswer(serial, current, services, tamper, tamperEvent, test, old, lmks, fraud, reader.Flag("PIN attacks exceeded"));
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        writer.Text(Serial, CollectionPeriod.SerialLength);
        writer.DateAndTime(Current);
        Services.Encode(ref writer);
        writer.Number((int)Tamper, 1);
        TamperEvent?.Encode(ref writer);
        writer.Number(Lmks.Count, 2);
        writer.Number(TestLmks, 2);
        writer.Number(OldLmks, 2);
        foreach (var lmk in Lmks)
        {
            lmk.Encode(ref writer);
        }

        writer.Byte(ListEnd);
        writer.Flag(FraudDetectionExceeded);
        writer.Flag(PinAttacksExceeded);
    }
}
