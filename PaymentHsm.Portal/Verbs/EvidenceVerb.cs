using System.CommandLine;
using System.Globalization;
using System.Text;
using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Portal.Verbs;

/// <summary>Verifies evidence files, anywhere: it needs neither the portal nor its store nor its settings.</summary>
internal static class EvidenceVerb
{
    public static Task<int> RunAsync(string[] args)
    {
        var file = new Argument<string>("FILE") { Description = "The bundle, as downloaded: content, signature and public key." };
        var key = new Option<string?>("--key") { Description = "Public key (PEM) of the portal that you got some other way, such as evidence-key.pub.pem from its administrator. Without it the origin is not proven." };
        var verify = new Command("verify", """
            Verifies one evidence bundle without the portal.

            It proves that the content is byte for byte what was signed by the key whose id is printed; with --key, also that this key is the one you trust.
            It does not prove that what the portal wrote was true, that no other bundle exists, or when it was signed.

            Ends with 0 when genuine, 1 when not, 2 when a file cannot be read. Other tools can do the same: take 'content' as UTF-8 bytes and check 'signature'
            (Base64, DER) with 'publicKey': openssl dgst -sha256 -verify key.pem -signature sig.der content.
            """) { file, key };
        verify.SetAction((parsed, stop) => VerifyAsync(parsed.GetValue(file)!, parsed.GetValue(key), stop));
        return new RootCommand("Evidence bundles.") { verify }.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static async Task<int> VerifyAsync(string path, string? keyPath, CancellationToken stop)
    {
        string? key = null;
        if (await VerifiedFile.ReadAsync(path, stop) is not { } file || (keyPath is not null && (key = await KeyAsync(keyPath, stop)) is null))
        {
            return 2;
        }

        switch (EvidenceFile.Verify(file, key))
        {
            case EvidenceVerdict.Genuine genuine:
                Console.Write(Words(genuine));
                return 0;
            case EvidenceVerdict.Broken broken:
                await Console.Error.WriteLineAsync($"NOT GENUINE. {broken.Why} The file proves nothing.");
                return 1;
            default:
                return 1;
        }
    }

    internal static async Task<string?> KeyAsync(string path, CancellationToken stop) =>
        await VerifiedFile.ReadAsync(path, stop) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static string Words(EvidenceVerdict.Genuine genuine)
    {
        var content = genuine.Content;
        var text = new StringBuilder();
        text.AppendLine($"GENUINE. The content is unchanged since key {genuine.KeyId} signed it.");
        text.AppendLine(genuine.KeyIsTrusted
            ? "The key is the one you gave: the bundle comes from that portal."
            : "The key came with the file: the origin is not proven. Give --key with the portal's public key from another source.");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Kind       {content.Kind}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Device     {content.Serial}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Last fact  {content.At.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z");
        foreach (var (name, value) in new[] { ("Ticket", content.Ticket), ("Operation", content.Operation?.ToString()), ("Allocation", content.Allocation), ("Approval", content.Approval) })
        {
            if (value is not null)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{name,-10} {value}");
            }
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"Digest     {genuine.Digest}");
        text.AppendLine().AppendLine(content.Statement).AppendLine();
        foreach (var (name, value) in content.Facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name}: {value}");
        }

        foreach (var seen in content.Observations)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {seen.At.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z  {seen.Name}: {seen.Value}");
        }

        text.AppendLine().AppendLine("Not proven: that what the portal wrote was true, that there is no other bundle, or the time of signing.");
        return text.ToString();
    }
}
