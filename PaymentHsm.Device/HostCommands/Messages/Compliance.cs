namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>NO, mode 01: PCI HSM compliance (HOST-COMMANDS 3.2).</summary>
internal readonly record struct ComplianceRequest : IHostRequest<ComplianceAnswer>
{
    /// <summary>The mode flag.</summary>
    public const ulong Mode = 0x01;

    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("NO");

    /// <inheritdoc/>
    public int Length => 2;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer) => writer.Hexadecimal(Mode, 2);

    /// <inheritdoc/>
    public ComplianceAnswer DecodeAnswer(ref FieldReader reader) => ComplianceAnswer.Decode(ref reader);
}

/// <summary>Whether the security settings comply with PCI HSM. Values from the field.</summary>
internal enum PciCompliance
{
    /// <summary>Not compliant; the separation of key type 002 is among the causes.</summary>
    NotCompliantKeyType002 = 0,

    /// <summary>All settings comply.</summary>
    Compliant = 1,

    /// <summary>Not compliant; the separation of key type 002 is not among the causes.</summary>
    NotCompliant = 2,
}

/// <summary>NP of mode 01.</summary>
/// <param name="Compliance">The verdict; a value outside the enumeration is kept as read.</param>
/// <param name="Reserved">Reserved characters, ten of them on the units known; content without meaning.</param>
internal sealed record ComplianceAnswer(PciCompliance Compliance, string Reserved = "0000000000") : IHostAnswer
{
    /// <inheritdoc/>
    public int Length => 1 + Reserved.Length;

    /// <summary>Reads the data; more or fewer reserved characters than known are taken as they are.</summary>
    public static ComplianceAnswer Decode(ref FieldReader reader)
    {
        var compliance = (PciCompliance)reader.SmallNumber(1, "compliance");
        return new ComplianceAnswer(compliance, reader.Text(reader.LengthBeforeTrailer, "reserved"));
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        writer.Number((int)Compliance, 1);
        writer.Text(Reserved, Reserved.Length);
    }
}
