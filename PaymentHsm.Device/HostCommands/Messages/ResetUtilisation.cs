namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>J6: resets the figures of J2 and J4 (HOST-COMMANDS 3.8). Without data.</summary>
internal readonly record struct ResetUtilisationRequest : IHostRequest<ResetUtilisationAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("J6");

    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }

    /// <inheritdoc/>
    public ResetUtilisationAnswer DecodeAnswer(ref FieldReader reader) => new();
}

/// <summary>J7: done. Without data.</summary>
internal sealed record ResetUtilisationAnswer : IHostAnswer
{
    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }
}
