using System.Text.Json;
using PaymentHsm.Domain.Notifications;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>Something that people are told. Stored together with what it is about; sent out afterwards.</summary>
internal sealed class NoticeRow
{
    public long Id { get; set; }

    /// <summary>What makes it the same notice: a repeated step tells nobody twice.</summary>
    public required string Key { get; set; }
    public required string Kind { get; set; }
    public NoticeLevel Level { get; set; }
    public required string Title { get; set; }
    public required string Text { get; set; }
    public required string Link { get; set; }
    public string? Serial { get; set; }
    public string? Ticket { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Who is told, as a JSON list of ids.</summary>
    public required string People { get; set; }

    /// <summary>True once its deliveries by mail and webhook stand in the store.</summary>
    public bool Dispatched { get; set; }

    public IReadOnlyList<string> PeopleList() => JsonSerializer.Deserialize<IReadOnlyList<string>>(People, StoredJson.Options) ?? [];

    public static NoticeRow Of(Notice notice, IReadOnlyList<string> people, DateTimeOffset at) => new()
    {
        Key = notice.Key,
        Kind = notice.Kind,
        Level = notice.Level,
        Title = notice.Title,
        Text = notice.Text,
        Link = notice.Link,
        Serial = notice.Serial?.ToString(),
        Ticket = notice.Ticket,
        At = at,
        People = JsonSerializer.Serialize(people, StoredJson.Options),
    };
}

/// <summary>A notice in one person's list.</summary>
internal sealed class NoticeReaderRow
{
    public long NoticeId { get; set; }
    public required string Person { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>One mail or one webhook call that is still to be made, was made, or was given up. Nothing is lost when the process dies in between.</summary>
internal sealed class DeliveryRow
{
    public long Id { get; set; }
    public long NoticeId { get; set; }
    public DeliveryChannel Channel { get; set; }

    /// <summary>Mail address or web address.</summary>
    public required string Target { get; set; }

    /// <summary>What is sent: the text of the mail, or the JSON body of the call.</summary>
    public required string Body { get; set; }
    public DeliveryState State { get; set; }
    public int Tries { get; set; }
    public DateTimeOffset NotBefore { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? LastFault { get; set; }
}

/// <summary>Ways out of the portal.</summary>
internal enum DeliveryChannel
{
    Mail,
    Webhook,
}

/// <summary>Where a delivery stands.</summary>
internal enum DeliveryState
{
    Waiting,
    Sent,

    /// <summary>Tried as often as is set, without success.</summary>
    GivenUp,
}
