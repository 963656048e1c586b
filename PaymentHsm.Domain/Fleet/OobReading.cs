using System.Globalization;

namespace PaymentHsm.Domain.Fleet;

/// <summary>The reading <c>oob</c>: the portal's own view of the out-of-band controller. Its value is the time a poll took, or the word <c>Down</c>.</summary>
internal static class OobReading
{
    /// <summary>Judges how far a poll got. Reaching it partly is a warning; not at all is critical after several polls in a row (OOB-PROFILE 9).</summary>
    public static JudgedReading Confirm(JudgedReading before, HealthPoll poll, DateTimeOffset at, HealthOptions options)
    {
        var down = poll.Reach == OobReach.Down;
        var seen = before with
        {
            Shown = before.Shown with
            {
                Value = down ? ReadingValue.Of("Down") : ReadingValue.Of(Math.Round(poll.Took.TotalMilliseconds)),
                Unit = down ? null : "ms",
                ObservedAt = HealthRules.Later(at, before.Shown.ObservedAt),
            },
        };
        var needed = down ? options.PollsToDown : before.NeverRead ? 1 : options.SamplesToConfirm;
        return seen.Weigh(Judge(poll), at, needed);
    }

    private static SampleJudgement Judge(HealthPoll poll) => poll.Reach switch
    {
        OobReach.Up => new(Health.Ok, null),
        OobReach.Down => new(Health.Critical, $"{Named(poll.Fault) ?? "The out-of-band controller does not answer"}{Detail(poll)}"),
        _ when Named(poll.Fault) is { } named => new(Health.Critical, $"{named}{Detail(poll)}"),
        _ => new(Health.Warning, string.Create(CultureInfo.InvariantCulture, $"The last poll was slow or partly failed ({poll.Took.TotalSeconds:0.0} s){Detail(poll)}")),
    };

    /// <summary>The faults that are no outage but a matter of security or identity, said by name (OOB-PROFILE 11).</summary>
    private static string? Named(LinkFault? fault) => fault switch
    {
        LinkFault.TrustFailed => "The controller's certificate is not trusted (TrustFailed): a security matter, not an outage",
        LinkFault.WrongDevice => "Another device answers at this address (WrongDevice): everything on it stops",
        LinkFault.AuthFailed => "The controller refuses the portal's credentials (AuthFailed)",
        _ => null,
    };

    private static string Detail(HealthPoll poll) => poll.Detail is { } detail ? $": {detail}" : ".";
}
