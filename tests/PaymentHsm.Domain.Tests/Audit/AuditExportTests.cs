using System.Text;
using FsCheck.Xunit;
using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Domain.Tests.Audit;

public sealed class AuditExportTests
{
    private static readonly List<ChainedEntry> Log = TestEntries.Chain(["sent", "=cmd()", "'quoted'", "a \"b\", c\nd", null, "", "end"]);
    private static readonly Dictionary<AuditExportForm, byte[]> Whole = Enum.GetValues<AuditExportForm>().ToDictionary(f => f, f => Write(f, Log));

    public static TheoryData<AuditExportForm> Forms => new(Enum.GetValues<AuditExportForm>());

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_WholeLog_IsIntactAndWhole(AuditExportForm form)
    {
        var intact = Intact(AuditExportVerifier.Verify(Whole[form], TestSigner.One.PublicKey, new AuditCheckpoint(3, Log[2].Hash)));

        Assert.Equal((7L, true, new AuditCheckpoint(7, Log[6].Hash)), (intact.Entries, intact.IsWhole, intact.Newest));
        Assert.True(intact is { KeyIsTrusted: true, HoldsKnown: true });
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_FilteredExport_IsIntactButNotWhole(AuditExportForm form)
    {
        var intact = Intact(AuditExportVerifier.Verify(Write(form, [Log[1], Log[2], Log[5]])));

        Assert.Equal((3L, false), (intact.Entries, intact.IsWhole));
        Assert.False(Intact(AuditExportVerifier.Verify(Write(form, [.. Log.Take(6)]))).IsWhole);
        Assert.Equal(0, Intact(AuditExportVerifier.Verify(Write(form, []))).Entries);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_EntryChangedRemovedOrMoved_IsBroken(AuditExportForm form)
    {
        var text = Encoding.UTF8.GetString(Whole[form]);
        Assert.Contains("Entry 1 was changed", Broken(AuditExportVerifier.Verify(Encoding.UTF8.GetBytes(text.Replace("\"sent\"", "\"lost\"", StringComparison.Ordinal)))), StringComparison.Ordinal);

        var lines = text.Split('\n').ToList();
        var second = lines.FindIndex(l => l.Contains("=cmd()", StringComparison.Ordinal));
        Assert.NotEmpty(Broken(AuditExportVerifier.Verify(Joined(lines.Where((_, i) => i != second)))));
        (lines[second], lines[second - 1]) = (lines[second - 1], lines[second]);
        Assert.NotEmpty(Broken(AuditExportVerifier.Verify(Joined(lines))));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_NewestEntriesCutOffBeforeTheExport_IsFoundOnlyWithACheckpoint(AuditExportForm form)
    {
        // Somebody with the store and the key removes the newest entries, then exports.
        var cut = Write(form, [.. Log.Take(5)], newest: Log[4]);

        Assert.True(Intact(AuditExportVerifier.Verify(cut)).IsWhole);
        Assert.Contains("newest entries were removed", Broken(AuditExportVerifier.Verify(cut, known: new AuditCheckpoint(7, Log[6].Hash))), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_LogWrittenAnew_IsFoundByACheckpoint(AuditExportForm form)
    {
        var anew = TestEntries.Chain(7);

        Assert.Contains("not the one", Broken(AuditExportVerifier.Verify(Write(form, anew, newest: anew[^1]), known: new AuditCheckpoint(2, Log[1].Hash))), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_SignedByAnotherKey_IsFoundOnlyWithATrustedKey(AuditExportForm form)
    {
        var forged = Write(form, Log, signer: TestSigner.Other);

        Assert.False(Intact(AuditExportVerifier.Verify(forged)).KeyIsTrusted);
        Assert.Contains("not by the given key", Broken(AuditExportVerifier.Verify(forged, TestSigner.One.PublicKey)), StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_FormulaInAValue_IsNoFormulaForASpreadsheet() =>
        Assert.Contains(",\"'=cmd()\",", Encoding.UTF8.GetString(Whole[AuditExportForm.Csv]), StringComparison.Ordinal);

    /// <summary>Whatever byte is changed: the export is broken, or the last line says the same in another spelling.</summary>
    [Property(MaxTest = 400)]
    public bool Verify_OneByteChanged_IsBroken(bool csv, ushort place, byte value)
    {
        var file = (byte[])Whole[csv ? AuditExportForm.Csv : AuditExportForm.Jsonl].Clone();
        var at = place % file.Length;
        var same = file[at] == value;
        file[at] = value;

        return AuditExportVerifier.Verify(file, TestSigner.One.PublicKey) is AuditExportVerdict.Broken || same
            || (at > Array.LastIndexOf(file, (byte)'\n', file.Length - 2) && AuditExportVerifier.Verify(file) is AuditExportVerdict.Intact { Entries: 7, IsWhole: true });
    }

    [Property]
    public bool Verify_CutShort_IsBroken(bool csv, ushort length)
    {
        var whole = Whole[csv ? AuditExportForm.Csv : AuditExportForm.Jsonl];
        return AuditExportVerifier.Verify(whole.AsMemory(0, length % whole.Length)) is AuditExportVerdict.Broken;
    }

    [Property]
    public bool Verify_AnyDetails_AreReadBackInBothForms(bool csv, string?[] details)
    {
        var chain = TestEntries.Chain(details.Select(d => d is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(d))));
        return chain.Count == 0 || (AuditExportVerifier.Verify(Write(csv ? AuditExportForm.Csv : AuditExportForm.Jsonl, chain, newest: chain[^1])) is AuditExportVerdict.Intact intact && intact.Entries == chain.Count && intact.IsWhole);
    }

    private static byte[] Write(AuditExportForm form, List<ChainedEntry> entries, TestSigner? signer = null, ChainedEntry? newest = null)
    {
        using var export = new AuditExport(form);
        List<byte> file = [.. export.Head(new Dictionary<string, string> { ["serial"] = "A4665271234F" }, TestEntries.Entry(1).At, "auditor1")];
        foreach (var entry in entries)
        {
            file.AddRange(export.Line(entry));
        }

        var last = newest ?? Log[^1];
        file.AddRange(export.Tail(new AuditCheckpoint(last.Entry.Sequence, last.Hash), signer ?? TestSigner.One));
        return [.. file];
    }

    private static byte[] Joined(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));

    private static AuditExportVerdict.Intact Intact(AuditExportVerdict verdict) => Assert.IsType<AuditExportVerdict.Intact>(verdict);

    private static string Broken(AuditExportVerdict verdict) => Assert.IsType<AuditExportVerdict.Broken>(verdict).Why;
}
