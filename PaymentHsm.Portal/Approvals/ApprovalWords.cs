using PaymentHsm.Domain.Approvals;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Approvals;

/// <summary>How approval requests are spoken of.</summary>
internal static class ApprovalWords
{
    /// <summary>Name of the act: <c>Force delete</c>.</summary>
    public static string Act(this ApprovalRequest request) => request.Binding.Action switch
    {
        "ForceDelete" => "Force delete",
        "ReclaimAgain" => "Reclaim again",
        "Destruction" => "Destruction",
        "CancelDestruction" => "Cancellation of the destruction",
        var other => other,
    };

    public static string Css(this ApprovalState state) => state switch
    {
        ApprovalState.Submitted or ApprovalState.Approved => "progress",
        ApprovalState.Armed => "critical",
        ApprovalState.Consumed => "ok",
        ApprovalState.Invalidated or ApprovalState.Rejected => "critical",
        _ => "unknown",
    };

    public static string Shape(this ApprovalState state) => state switch
    {
        ApprovalState.Submitted or ApprovalState.Approved or ApprovalState.Draft => "progress",
        ApprovalState.Armed => "warning",
        ApprovalState.Consumed => "ok",
        ApprovalState.Invalidated => "contradictory",
        ApprovalState.Rejected => "ban",
        ApprovalState.Expired => "clock",
        _ => "close",
    };

    /// <summary>The state in words that say what is next.</summary>
    public static string Words(this ApprovalState state) => state switch
    {
        ApprovalState.Submitted => "Waits for signatures",
        ApprovalState.Approved => "Approved, cooling off",
        ApprovalState.Armed => "Armed",
        ApprovalState.Consumed => "Used",
        ApprovalState.Invalidated => "Void",
        _ => state.ToString(),
    };

    /// <summary>A hash in groups of eight, so that two people can compare it aloud.</summary>
    public static string Grouped(string digest) => digest.Length == 64 ? string.Join(' ', digest.Chunk(8).Select(c => new string(c))) : digest;

    /// <summary>First and last group of a hash.</summary>
    public static string Ends(string digest) => digest.Length == 64 ? $"{digest[..8]} … {digest[^8..]}" : digest;

    /// <summary>A name of the binding in words: <c>observedState.link-host1</c> becomes <c>Observed state, link host1</c>.</summary>
    public static string Name(string name)
    {
        var parts = name.Split('.', 2);
        var first = string.Concat(parts[0].Select((c, i) => i == 0 ? char.ToUpperInvariant(c).ToString() : char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
        return parts.Length == 1 ? first : $"{first}, {parts[1].Replace('-', ' ')}";
    }

    /// <summary>Signatures so far, of how many.</summary>
    public static string Count(this ApprovalRequest request, ApprovalOptions options) =>
        $"{request.Decisions.Count(d => d.Kind == DecisionKind.Approve)} of {options.Needed} signatures";

    /// <summary>When the present state is due; null when it has none.</summary>
    public static DateTimeOffset? Due(this ApprovalRequest request) => request.State switch
    {
        ApprovalState.Submitted => request.ApproveBefore,
        ApprovalState.Approved => request.ArmAfter,
        ApprovalState.Armed => request.ExecuteBefore,
        _ => null,
    };

    /// <summary>The last part of a resource id.</summary>
    public static string ResourceName(this ApprovalBinding binding) => binding.ResourceId is { } id ? id[(id.LastIndexOf('/') + 1)..] : "none";

    /// <summary>A length of time without its zero parts: <c>24 h</c>, <c>5 min</c>.</summary>
    public static string Length(TimeSpan time) => time.TotalHours >= 1 && time.Minutes == 0 ? $"{time.TotalHours:0} h" : Ages.Span(time);
}
