namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>NC: perform diagnostics of processor, software and LMK (HOST-COMMANDS 3.1). Without data.</summary>
internal readonly record struct DiagnosticsRequest : IHostRequest<DiagnosticsAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("NC");

    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }

    /// <inheritdoc/>
    public DiagnosticsAnswer DecodeAnswer(ref FieldReader reader) => DiagnosticsAnswer.Decode(ref reader);
}

/// <summary>ND: the diagnostics passed.</summary>
/// <param name="LmkCheckValue">Sixteen hexadecimal digits; a 10K fills six and pads with zeros.</param>
/// <param name="FirmwareRevision">Revision <c>xxxx-xxxx</c>, not the marketing release.</param>
internal sealed record DiagnosticsAnswer(string LmkCheckValue, string FirmwareRevision) : IHostAnswer
{
    private const int CheckValueLength = 16;

    /// <summary>Characters of a firmware revision, here and in NP.</summary>
    public const int RevisionLength = 9;

    /// <inheritdoc/>
    public int Length => CheckValueLength + RevisionLength;

    /// <summary>Reads the data.</summary>
    public static DiagnosticsAnswer Decode(ref FieldReader reader)
    {
        // Hexadecimal is not insisted on: nothing is computed from it, and a unit without LMK may fill it otherwise.
        var checkValue = reader.Text(CheckValueLength, "LMK check value");
        return new DiagnosticsAnswer(checkValue, reader.Text(RevisionLength, "firmware revision"));
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        writer.Text(LmkCheckValue, CheckValueLength);
        writer.Text(FirmwareRevision, RevisionLength);
    }
}
