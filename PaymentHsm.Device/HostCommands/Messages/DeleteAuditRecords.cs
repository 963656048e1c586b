namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>Q6: delete audit records; needs the authorised activity <c>audit.host</c> (HOST-COMMANDS 3.13).</summary>
/// <param name="ArchivedOnly">False deletes the retrieved ones (mode 0), true the archived ones (mode 1).</param>
internal readonly record struct DeleteAuditRecordsRequest(bool ArchivedOnly) : IHostRequest<DeleteAuditRecordsAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("Q6");

    /// <inheritdoc/>
    public int Length => 1;

    /// <summary>Reads the data.</summary>
    public static DeleteAuditRecordsRequest Decode(ref FieldReader reader) => new(reader.Flag("mode"));

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer) => writer.Flag(ArchivedOnly);

    /// <inheritdoc/>
    public DeleteAuditRecordsAnswer DecodeAnswer(ref FieldReader reader) => DeleteAuditRecordsAnswer.Decode(ref reader);
}

/// <summary>Q7.</summary>
/// <param name="Deleted">How many were deleted.</param>
internal sealed record DeleteAuditRecordsAnswer(int Deleted) : IHostAnswer
{
    /// <inheritdoc/>
    public int Length => 4;

    /// <summary>Reads the data.</summary>
    public static DeleteAuditRecordsAnswer Decode(ref FieldReader reader) => new(reader.SmallNumber(4, "number deleted"));

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer) => writer.Number(Deleted, 4);
}
