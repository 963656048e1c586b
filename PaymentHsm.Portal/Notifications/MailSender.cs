using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Notifications;

/// <summary>Sends notices by mail over SMTP.</summary>
internal sealed class MailSender(NotificationSettings settings) : IDeliverySender
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public DeliveryChannel Channel => DeliveryChannel.Mail;

    public IReadOnlyList<string> TargetsFor(IReadOnlyList<string> people) =>
        settings.Mail.Enabled ? [.. people.Select(p => settings.Mail.Address.Replace("{id}", p, StringComparison.Ordinal)).Where(a => MailboxAddress.TryParse(a, out _))] : [];

    public async Task SendAsync(DeliveryRow delivery, CancellationToken cancellationToken)
    {
        using var message = Message(delivery);
        using var client = new SmtpClient { Timeout = (int)Limit.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Mail.Host!, settings.Mail.Port, Security, cancellationToken);
            if (!string.IsNullOrEmpty(settings.Mail.User))
            {
                await client.AuthenticateAsync(settings.Mail.User, settings.Mail.Password ?? "", cancellationToken);
            }

            await client.SendAsync(message, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or CommandException or ProtocolException or AuthenticationException or SslHandshakeException or TimeoutException or NotSupportedException)
        {
            throw new DeliveryException($"{settings.Mail.Host}:{settings.Mail.Port}: {e.Message}", e);
        }
    }

    private SecureSocketOptions Security => settings.Mail.Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private MimeMessage Message(DeliveryRow delivery)
    {
        var body = NoticeBody.Read(delivery.Body);
        var message = new MimeMessage
        {
            Subject = body.Level == "Critical" ? $"[critical] {body.Title}" : body.Title,
            Date = body.At,

            // The same after a repeat, so that a mailbox can see that it is one mail.
            MessageId = $"notice-{body.Id}-{delivery.Id}@{settings.Mail.From!.Split('@')[^1]}",
            Body = new TextPart("plain") { Text = $"{body.Text}\n\n{body.Link}\n\nPaymentHsm, {body.Kind}. This mail was sent by a program; answers to it are not read.\n" },
        };
        message.From.Add(MailboxAddress.Parse(settings.Mail.From));
        message.To.Add(MailboxAddress.Parse(delivery.Target));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
