using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Notifications;

/// <summary>Something that some people have to know.</summary>
/// <param name="Key">What makes it the same notice, for example the operation and its state: told again under the same key, nobody hears it twice.</param>
/// <param name="Kind">Stable dotted name: <c>operation.waiting</c>.</param>
/// <param name="Level">How urgent.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">What happened and what is expected of the reader. No secret, no customer content.</param>
/// <param name="Link">Where to act: a path of the portal.</param>
/// <param name="To">Who has to know.</param>
/// <param name="Serial">The device concerned, if any.</param>
/// <param name="Ticket">The ticket that carries it.</param>
public sealed record Notice(string Key, string Kind, NoticeLevel Level, string Title, string Text, string Link, Audience To, HsmSerial? Serial = null, string? Ticket = null);

/// <summary>Who is told: named people, and who is on call in a role. Never everybody who has a role when somebody is on call.</summary>
/// <param name="People">Ids of people who are told in any case, such as the requester.</param>
/// <param name="OnCall">The role whose people on call are told; null for none.</param>
/// <param name="Except">Who may not act on it and so is not told through the role: the requester among the approvers.</param>
public sealed record Audience(IReadOnlyList<string> People, Role? OnCall = null, IReadOnlyList<string>? Except = null)
{
    /// <summary>Only this person.</summary>
    public static Audience Of(string person) => new([person]);

    /// <summary>The ids of who is told, each once. <paramref name="onCall"/> are the people on call in the role, or all of it when nobody is.</summary>
    public IReadOnlyList<string> Resolve(IEnumerable<string> onCall)
    {
        ArgumentNullException.ThrowIfNull(onCall);
        return [.. People.Concat(onCall.Where(p => Except?.Contains(p) != true)).Where(p => p != Actor.Portal.Id).Distinct().Order(StringComparer.Ordinal)];
    }
}

/// <summary>How urgent a notice is.</summary>
public enum NoticeLevel
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Somebody waits for the reader.</summary>
    Action,

    /// <summary>Customers are without service, or a clock has run out.</summary>
    Critical,
}
