using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Approvals;

/// <summary>The variant for one second person: W2's confirmation. Role Engineering, not the requester (R1, R10), inside the window.</summary>
public static class ConfirmPolicy
{
    /// <summary>Why this person may not confirm now; null when they may.</summary>
    /// <param name="by">Who wants to confirm.</param>
    /// <param name="requestedBy">Id of the person who asked.</param>
    /// <param name="confirmBefore">End of the window; null when nothing waits for a confirmation.</param>
    /// <param name="now">Present time.</param>
    /// <param name="anotherPerson">False where the site lets the requester confirm alone.</param>
    public static Refusal? Check(Actor by, string requestedBy, DateTimeOffset? confirmBefore, DateTimeOffset now, bool anotherPerson = true)
    {
        ArgumentNullException.ThrowIfNull(by);
        return confirmBefore is not { } end ? new("W2", RefusalKind.NotInThisState, "Nothing waits for a confirmation.")
            : now >= end ? new("W2", RefusalKind.NotInThisState, $"The time to confirm ended at {end:yyyy-MM-dd HH:mm:ss}Z.", "Ask for a new one.")
            : by.Role != Role.Engineering ? new("R2", RefusalKind.NotThisPerson, $"Engineering confirms; {by.Id} is {by.Role}.", "Any engineer but the requester may.")
            : anotherPerson && string.Equals(by.Id, requestedBy, StringComparison.OrdinalIgnoreCase)
                ? new("R10", RefusalKind.NotThisPerson, $"{by.Id} asked for this. Whoever asks may not confirm.", "Another engineer may.")
            : null;
    }
}
