using System.Text;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.Tests.Audit;

public sealed class EvidenceFileTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 8, 0, 0, 123, TimeSpan.Zero);
    private static readonly byte[] Good = EvidenceFile.Write(Bundle(Draft()));

    [Fact]
    public void Verify_UntouchedFile_SaysWhatWasSealed()
    {
        var genuine = Assert.IsType<EvidenceVerdict.Genuine>(EvidenceFile.Verify(Good));

        Assert.Equal(Draft().Statement, genuine.Content.Statement);
        Assert.Equal(EvidenceContent.DigestOf(EvidenceContent.Encode(Draft())), genuine.Digest);
        Assert.Equal((TestSigner.One.KeyId, false), (genuine.KeyId, genuine.KeyIsTrusted));
        Assert.True(Assert.IsType<EvidenceVerdict.Genuine>(EvidenceFile.Verify(Good, TestSigner.One.PublicKey)).KeyIsTrusted);
    }

    [Fact]
    public void Verify_ForgedWithAnotherKey_IsGenuineOnlyWithoutATrustedKey()
    {
        // Whoever can write a file can also sign it; only a key known from elsewhere tells.
        var forged = EvidenceFile.Write(Bundle(Draft() with { Statement = "Erased." }, TestSigner.Other));

        Assert.IsType<EvidenceVerdict.Genuine>(EvidenceFile.Verify(forged));
        Assert.Contains("not by the given key", Broken(EvidenceFile.Verify(forged, TestSigner.One.PublicKey)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("digest")]
    [InlineData("signature")]
    [InlineData("keyId")]
    [InlineData("publicKey")]
    [InlineData("format")]
    public void Verify_AMemberOfAnotherFile_IsBroken(string member)
    {
        var other = JsonNode.Parse(EvidenceFile.Write(Bundle(Draft() with { Statement = "Erased." }, TestSigner.Other)))!;
        var file = JsonNode.Parse(Good)!;
        file[member] = member == "format" ? "paymenthsm-evidence/2" : other[member]!.GetValue<string>();

        Assert.NotEmpty(Broken(EvidenceFile.Verify(Encoding.UTF8.GetBytes(file.ToJsonString()))));
    }

    [Fact]
    public void Verify_ContentOfAnotherFormSigned_IsBroken()
    {
        var content = "{ \"v\": 1 }"u8.ToArray();
        var bundle = Bundle(Draft()) with { Content = content, Digest = EvidenceContent.DigestOf(content), Signature = Convert.ToBase64String(TestSigner.One.Sign(content)) };

        Assert.Contains("canonical", Broken(EvidenceFile.Verify(EvidenceFile.Write(bundle))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"content\":\"a\",\"content\":\"b\",\"digest\":\"\",\"format\":\"paymenthsm-evidence/1\",\"keyId\":\"\",\"publicKey\":\"\",\"signature\":\"\"}")]
    public void Verify_SomethingElse_IsBrokenAndNotAnError(string text) => Assert.NotEmpty(Broken(EvidenceFile.Verify(Encoding.UTF8.GetBytes(text))));

    /// <summary>Whatever byte is changed: the file is broken, or it still says the very same, signed by the very same key.</summary>
    [Property(MaxTest = 400)]
    public bool Verify_OneByteChanged_NeverSaysAnythingElse(ushort place, byte value)
    {
        var file = (byte[])Good.Clone();
        file[place % file.Length] = value;

        return EvidenceFile.Verify(file, TestSigner.One.PublicKey) switch
        {
            EvidenceVerdict.Genuine genuine => EvidenceContent.Encode(genuine.Content).AsSpan().SequenceEqual(EvidenceContent.Encode(Draft())),
            _ => true,
        };
    }

    [Property]
    public bool Verify_CutShort_IsBroken(ushort length) => EvidenceFile.Verify(Good.AsSpan(0, length % Good.Length)) is EvidenceVerdict.Broken;

    [Property]
    public bool Read_WhateverWasEncoded_ComesBack(string? statement, string? name, string? value, long ticks)
    {
        var draft = Draft() with
        {
            Statement = Sound(statement),
            Facts = new Dictionary<string, string> { [Sound(name)] = Sound(value) },
            Observations = [new Evidence(Sound(value), Sound(name), At.AddTicks(ticks % TimeSpan.TicksPerDay / 10 * 10))],
        };
        var content = EvidenceContent.Encode(draft);

        return EvidenceContent.Read(content) is { } read && EvidenceContent.Encode(read).AsSpan().SequenceEqual(content) && read.Observations[0] == draft.Observations[0];
    }

    private static string Sound(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));

    private static string Broken(EvidenceVerdict verdict) => Assert.IsType<EvidenceVerdict.Broken>(verdict).Why;

    private static EvidenceDraft Draft() => new(
        EvidenceKind.Sanitisation, HsmSerial.Parse("A4665271234F"), At, "Erased and read back as clean.",
        new Dictionary<string, string> { ["lmks loaded"] = "0", ["certificates"] = "0" },
        [new Evidence("administrator login", "let in with the new credential", At)],
        "T-10482", Guid.Parse("2f6a4b1e-8b2d-4a86-9f5e-6f1b2c3d4e5f"), "alloc-17", "APR-0117");

    private static EvidenceBundle Bundle(EvidenceDraft draft, TestSigner? signer = null)
    {
        signer ??= TestSigner.One;
        var content = EvidenceContent.Encode(draft);
        return new EvidenceBundle(
            EvidenceContent.DigestOf(content), draft.Kind, draft.Serial, draft.Ticket, draft.Operation, At, content, Convert.ToBase64String(signer.Sign(content)), signer.KeyId, signer.PublicKey);
    }
}
