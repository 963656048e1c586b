using System.Security.Cryptography;
using System.Text;
using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Domain.Tests.Audit;

public sealed class AuditChainTests
{
    [Fact]
    public void Canonical_Entry_GivesTheDocumentedBytes() =>
        Assert.Equal(
            """{"action":"operation.confirm","actor":"engineer1","after":{"confirmedBy":"engineer1","state":"Running"},"at":"2026-11-23T14:03:23.123000Z","before":{"state":"AwaitingConfirmation"},"correlation":"2f6a4b1e-8b2d-4a86-9f5e-6f1b2c3d4e5f","detail":"Sent.","role":"Engineering","ruleId":"R10","sequence":1,"serial":"A4665271234F","subjectId":"op-41d7aa","subjectKind":"operation","ticket":"T-10482","v":1}""",
            Encoding.UTF8.GetString(TestEntries.Entry(1).Canonical()));

    [Fact]
    public void Append_FirstEntry_IsHashedAfterThirtyTwoZeros()
    {
        var link = AuditChain.Append(AuditChain.Genesis, TestEntries.Entry(1));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. new byte[32], .. TestEntries.Entry(1).Canonical()])), link.Hash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("not hex")]
    public void Append_PreviousHashThatIsNone_Throws(string previous) =>
        Assert.Throws<FormatException>(() => AuditChain.Append(previous, TestEntries.Entry(1)));
}
