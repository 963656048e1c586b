using System.Text.Json;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Notifications;

/// <summary>A notice as it leaves the portal: the JSON body of a webhook call, and what a mail is written from.</summary>
/// <param name="Link">Where to act: absolute when the portal knows its own address, else a path.</param>
internal sealed record NoticeBody(long Id, string Kind, string Level, string Title, string Text, string Link, string? Serial, string? Ticket, DateTimeOffset At)
{
    public static string Write(NoticeRow notice, Uri? portal) => JsonSerializer.Serialize(
        new NoticeBody(
            notice.Id, notice.Kind, notice.Level.ToString(), notice.Title, notice.Text, portal is null ? notice.Link : new Uri(portal, notice.Link).ToString(), notice.Serial, notice.Ticket, notice.At),
        StoredJson.Options);

    public static NoticeBody Read(string body) => JsonSerializer.Deserialize<NoticeBody>(body, StoredJson.Options) ?? throw new JsonException("A delivery has no body.");
}
