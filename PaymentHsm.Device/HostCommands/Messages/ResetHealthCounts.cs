namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>JI: resets the figures of J8 (HOST-COMMANDS 3.10). Without data.</summary>
internal readonly record struct ResetHealthCountsRequest : IHostRequest<ResetHealthCountsAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("JI");

    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }

    /// <inheritdoc/>
    public ResetHealthCountsAnswer DecodeAnswer(ref FieldReader reader) => new();
}

/// <summary>JJ: done. Without data.</summary>
internal sealed record ResetHealthCountsAnswer : IHostAnswer
{
    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }
}
