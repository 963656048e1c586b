using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Notifications;

/// <summary>
/// Posts notices to another system. Each call is signed: <c>X-PaymentHsm-Signature</c> is <c>sha256=</c> and the HMAC-SHA256, under the shared secret, of the
/// timestamp header, a dot and the body; the receiver refuses old timestamps and drops a delivery number that it has seen.
/// </summary>
internal sealed class WebhookSender(IHttpClientFactory clients, NotificationSettings settings, TimeProvider clock) : IDeliverySender
{
    /// <summary>Name of the HTTP client; it follows no redirect.</summary>
    public const string Client = "webhook";

    public const string SignatureHeader = "X-PaymentHsm-Signature";
    public const string TimestampHeader = "X-PaymentHsm-Timestamp";
    public const string DeliveryHeader = "X-PaymentHsm-Delivery";

    public DeliveryChannel Channel => DeliveryChannel.Webhook;

    public IReadOnlyList<string> TargetsFor(IReadOnlyList<string> people) => settings.Webhook is { Enabled: true, Url: { } url } ? [url.ToString()] : [];

    public async Task SendAsync(DeliveryRow delivery, CancellationToken cancellationToken)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Target) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add(SignatureHeader, Sign(settings.Webhook.Secret!, timestamp, delivery.Body));
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(DeliveryHeader, delivery.Id.ToString(CultureInfo.InvariantCulture));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Webhook.Timeout);
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode)
            {
                throw new DeliveryException($"{delivery.Target} answered {(int)answer.StatusCode}.");
            }
        }
        catch (HttpRequestException e)
        {
            throw new DeliveryException($"{delivery.Target}: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException($"{delivery.Target} did not answer within {settings.Webhook.Timeout}.", e);
        }
    }

    /// <summary>The value of the signature header.</summary>
    public static string Sign(string secret, string timestamp, string body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));
}
