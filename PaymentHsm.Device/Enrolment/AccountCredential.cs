namespace PaymentHsm.Device.Enrolment;

/// <summary>One account of an out-of-band controller. Its text form never shows the password, so that no log line can.</summary>
internal sealed record AccountCredential(string UserName, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => UserName;
}
