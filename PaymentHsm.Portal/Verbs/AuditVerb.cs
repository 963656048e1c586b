using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Portal.Verbs;

/// <summary>Verifies exports of the audit log, anywhere: it needs neither the portal nor its store nor its settings.</summary>
internal static class AuditVerb
{
    public static Task<int> RunAsync(string[] args)
    {
        var file = new Argument<string>("FILE") { Description = "The export, CSV or JSON lines, as downloaded." };
        var key = new Option<string?>("--key") { Description = "Public key (PEM) of the portal that you got some other way. Without it the origin is not proven." };
        var known = new Option<AuditCheckpoint?>("--checkpoint") { Description = "SEQUENCE:HASH that you kept from an earlier verification: the log must still reach and hold it.", CustomParser = Parse };
        var verify = new Command("verify", """
            Verifies an export of the audit log without the portal.

            It proves that every entry gives its own hash, that neighbours hold together, and that the lines are those that the key signed.
            It cannot prove by itself that the newest entries were not cut off before the export, or that the whole log was not written anew by somebody who has
            the key: for that, keep the printed checkpoint somewhere else and give it back with --checkpoint the next time.

            Ends with 0 when intact, 1 when not, 2 when a file cannot be read.
            """) { file, key, known };
        verify.SetAction((parsed, stop) => VerifyAsync(parsed.GetValue(file)!, parsed.GetValue(key), parsed.GetValue(known), stop));
        return new RootCommand("The audit log.") { verify }.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static AuditCheckpoint? Parse(ArgumentResult result)
    {
        var parts = result.Tokens[0].Value.Split(':');
        if (parts is [var number, { Length: 64 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && hash.All(char.IsAsciiHexDigitLower))
        {
            return new AuditCheckpoint(sequence, hash);
        }

        result.AddError($"--checkpoint: '{result.Tokens[0].Value}' is not SEQUENCE:HASH with 64 lower-case hex digits.");
        return null;
    }

    private static async Task<int> VerifyAsync(string path, string? keyPath, AuditCheckpoint? known, CancellationToken stop)
    {
        string? key = null;
        if (await VerifiedFile.ReadAsync(path, stop) is not { } file || (keyPath is not null && (key = await EvidenceVerb.KeyAsync(keyPath, stop)) is null))
        {
            return 2;
        }

        switch (AuditExportVerifier.Verify(file, key, known))
        {
            case AuditExportVerdict.Intact intact:
                Console.WriteLine($"INTACT. {intact.Entries} entries; each gives its hash, and the lines are those that key {intact.KeyId} signed.");
                Console.WriteLine(intact.IsWhole
                    ? "The export is the whole log from its first entry: no entry is missing in between."
                    : "The export was filtered: entries between and after those shown are not in the file.");
                Console.WriteLine(intact.KeyIsTrusted
                    ? "The key is the one you gave: the export comes from that portal."
                    : "The key came with the file: the origin is not proven. Give --key with the portal's public key from another source.");
                Console.WriteLine(intact.HoldsKnown
                    ? "The log holds the entry of the checkpoint that you gave: nothing up to there was cut off or written anew."
                    : "Not proven: that newer entries were not cut off before the export. Only a checkpoint kept elsewhere proves that (--checkpoint).");
                Console.WriteLine($"Checkpoint to keep: {intact.Newest.Sequence}:{intact.Newest.Hash}");
                return 0;
            case AuditExportVerdict.Broken broken:
                await Console.Error.WriteLineAsync($"NOT INTACT. {broken.Why}");
                return 1;
            default:
                return 1;
        }
    }
}
