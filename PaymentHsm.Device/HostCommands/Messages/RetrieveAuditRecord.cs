namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>Q2: next audit record that was not retrieved yet (HOST-COMMANDS 3.12). Reading sets its flag: two readers never get the same one. Without data.</summary>
internal readonly record struct RetrieveAuditRecordRequest : IHostRequest<RetrieveAuditRecordAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("Q2");

    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }

    /// <inheritdoc/>
    public RetrieveAuditRecordAnswer DecodeAnswer(ref FieldReader reader) => RetrieveAuditRecordAnswer.Decode(ref reader);
}

/// <summary>Q3.</summary>
/// <param name="Record">The record.</param>
internal sealed record RetrieveAuditRecordAnswer(AuditRecord Record) : IHostAnswer
{
    /// <inheritdoc/>
    public int Length => AuditRecord.Length;

    /// <summary>Reads the data.</summary>
    public static RetrieveAuditRecordAnswer Decode(ref FieldReader reader) => new(AuditRecord.Decode(ref reader));

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer) => Record.Encode(ref writer);
}
