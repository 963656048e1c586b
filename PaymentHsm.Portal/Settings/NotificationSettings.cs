using System.ComponentModel.DataAnnotations;

namespace PaymentHsm.Portal.Settings;

/// <summary>Telling people: in the portal always, by mail and webhook when switched on.</summary>
public sealed record NotificationSettings
{
    /// <summary>Address of this portal as people reach it, for the links in mails and webhooks.</summary>
    public Uri? PortalUrl { get; init; }

    public OnCallSettings OnCall { get; init; } = new();

    public MailSettings Mail { get; init; } = new();

    public WebhookSettings Webhook { get; init; } = new();

    public DeliverySettings Delivery { get; init; } = new();
}

/// <summary>Who is on call, by role: ids of people, separated by commas. Empty means everybody who has the role.</summary>
public sealed record OnCallSettings
{
    public string? Support { get; init; }

    public string? Engineering { get; init; }

    public string? Datacenter { get; init; }
}

/// <summary>Mail over SMTP.</summary>
public sealed record MailSettings : IValidatableObject
{
    public bool Enabled { get; init; }

    /// <summary>Name or address of the mail server.</summary>
    public string? Host { get; init; }

    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Account at the server; empty when it asks for none.</summary>
    public string? User { get; init; }

    /// <summary>Password of the account; from a secret store or the environment, never from a file in the repository.</summary>
    public string? Password { get; init; }

    /// <summary>Sender address.</summary>
    public string? From { get; init; }

    /// <summary>How a person's id becomes a mail address; <c>{id}</c> stands for the id, for example <c>{id}@example.com</c>.</summary>
    public string Address { get; init; } = "{id}";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enabled)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(Host))
        {
            yield return new ValidationResult("is needed when mail is on.", [nameof(Host)]);
        }

        if (string.IsNullOrWhiteSpace(From) || !From.Contains('@', StringComparison.Ordinal))
        {
            yield return new ValidationResult("must be a mail address when mail is on.", [nameof(From)]);
        }

        if (!Address.Contains("{id}", StringComparison.Ordinal))
        {
            yield return new ValidationResult("must contain {id}.", [nameof(Address)]);
        }

        if (Security == MailSecurity.None && !string.IsNullOrEmpty(Password))
        {
            yield return new ValidationResult("a password is never sent in clear; set Security to StartTls or Tls.", [nameof(Security)]);
        }
    }
}

/// <summary>Protection of the way to the mail server.</summary>
public enum MailSecurity
{
    /// <summary>TLS after STARTTLS; without it no mail is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>In clear, for a relay on the same host.</summary>
    None,
}

/// <summary>Calls to another system, signed.</summary>
public sealed record WebhookSettings : IValidatableObject
{
    public bool Enabled { get; init; }

    /// <summary>Where notices are posted.</summary>
    public Uri? Url { get; init; }

    /// <summary>Shared secret of the signature, at least 32 characters; from a secret store or the environment.</summary>
    public string? Secret { get; init; }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enabled)
        {
            yield break;
        }

        if (Url is not { IsAbsoluteUri: true } || (Url.Scheme != Uri.UriSchemeHttps && !(Url.Scheme == Uri.UriSchemeHttp && Url.IsLoopback)))
        {
            yield return new ValidationResult("must be an https address (http on loopback only) when webhooks are on.", [nameof(Url)]);
        }

        if (Secret is not { Length: >= 32 })
        {
            yield return new ValidationResult("must have at least 32 characters when webhooks are on.", [nameof(Secret)]);
        }
    }
}

/// <summary>Trying again.</summary>
public sealed record DeliverySettings
{
    /// <summary>Tries of one mail or call before it is given up.</summary>
    [Range(1, 50)]
    public int Tries { get; init; } = 10;

    /// <summary>Pause after the first failure; each further one doubles it.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause between two tries.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(30);
}
