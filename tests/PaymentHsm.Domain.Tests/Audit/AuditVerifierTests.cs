using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Audit;

public sealed class AuditVerifierTests
{
    /// <summary>Every field of an entry, changed.</summary>
    private static readonly Dictionary<string, Func<AuditEntry, AuditEntry>> Changes = new()
    {
        ["time"] = e => e with { At = e.At.AddMicroseconds(1) },
        ["actor"] = e => e with { Actor = e.Actor with { Id = "engineer2" } },
        ["role"] = e => e with { Actor = e.Actor with { Role = Role.Support } },
        ["action"] = e => e with { Action = "operation.withdraw" },
        ["subject kind"] = e => e with { SubjectKind = "device" },
        ["subject id"] = e => e with { SubjectId = "op-41d7ab" },
        ["serial"] = e => e with { Serial = HsmSerial.Parse("A4665271234G") },
        ["no serial"] = e => e with { Serial = null },
        ["ticket"] = e => e with { Ticket = null },
        ["correlation"] = e => e with { Correlation = Guid.Empty },
        ["rule"] = e => e with { RuleId = null },
        ["before, value"] = e => e with { Before = new Dictionary<string, string> { ["state"] = "Running" } },
        ["before, name"] = e => e with { Before = new Dictionary<string, string> { ["State"] = "AwaitingConfirmation" } },
        ["after, less"] = e => e with { After = new Dictionary<string, string> { ["state"] = "Running" } },
        ["before and after swapped"] = e => e with { Before = e.After, After = e.Before },
        ["detail"] = e => e with { Detail = e.Detail + " " },
        ["no detail"] = e => e with { Detail = null },
    };

    public static TheoryData<string> ChangeNames() => [.. Changes.Keys];

    [Fact]
    public void Changes_OfAuditEntry_CoverEveryField() =>
        Assert.Equal(13, typeof(AuditEntry).GetConstructors().Max(c => c.GetParameters().Length)); // a new field needs a line in Changes and a member in Canonical

    [Theory]
    [MemberData(nameof(ChangeNames))]
    public void Verify_ChangedField_IsFoundAtItsEntry(string change)
    {
        var chain = TestEntries.Chain(5);
        chain[2] = chain[2] with { Entry = Changes[change](chain[2].Entry) };

        var broken = Broken(AuditVerifier.Verify(chain));

        Assert.Equal(3, broken.Sequence);
        Assert.Contains("changed", broken.Why);
    }

    [Theory]
    [MemberData(nameof(ChangeNames))]
    public void Verify_ChangedFieldWithANewHash_IsFoundAtTheNextEntry(string change)
    {
        var chain = TestEntries.Chain(5);
        chain[2] = AuditChain.Append(chain[2].PreviousHash, Changes[change](chain[2].Entry));

        Assert.Equal(4, Broken(AuditVerifier.Verify(chain)).Sequence);
    }

    [Fact]
    public void Verify_IntactChain_SaysHowFarItGoes()
    {
        var chain = TestEntries.Chain(5);

        var intact = Assert.IsType<AuditVerdict.Intact>(AuditVerifier.Verify(chain));

        Assert.Equal((5L, new AuditCheckpoint(5, chain[4].Hash)), (intact.Count, intact.Last));
        Assert.Equal(0, Assert.IsType<AuditVerdict.Intact>(AuditVerifier.Verify([])).Count);
    }

    [Fact]
    public void Verify_RunFromTheMiddle_NeedsThePlaceBeforeIt()
    {
        var chain = TestEntries.Chain(6);

        Assert.IsType<AuditVerdict.Intact>(AuditVerifier.Verify(chain.Skip(3), after: new AuditCheckpoint(3, chain[2].Hash)));
        Assert.Equal(4, Broken(AuditVerifier.Verify(chain.Skip(3), after: new AuditCheckpoint(3, chain[1].Hash))).Sequence);
        Assert.Equal(1, Broken(AuditVerifier.Verify(chain.Skip(3))).Sequence);
    }

    [Fact]
    public void Verify_NewestEntriesCutOff_IsFoundOnlyWithACheckpoint()
    {
        var chain = TestEntries.Chain(6);
        var checkpoint = new AuditCheckpoint(6, chain[5].Hash);

        Assert.IsType<AuditVerdict.Intact>(AuditVerifier.Verify(chain.Take(4)));
        Assert.Equal(5, Broken(AuditVerifier.Verify(chain.Take(4), upTo: checkpoint)).Sequence);
        Assert.IsType<AuditVerdict.Intact>(AuditVerifier.Verify(chain, upTo: checkpoint));
    }

    [Fact]
    public void Verify_WholeChainWrittenAnew_IsFoundByACheckpoint()
    {
        var checkpoint = new AuditCheckpoint(2, TestEntries.Chain(3)[1].Hash);

        Assert.Equal(2, Broken(AuditVerifier.Verify(TestEntries.Chain(["other", "entries", "altogether"]), upTo: checkpoint)).Sequence);
    }

    [Property]
    public bool I13_Verify_AnyChain_IsIntactAtEveryLength(string?[] details)
    {
        var chain = TestEntries.Chain(details);

        return Enumerable.Range(0, chain.Count + 1).All(n => AuditVerifier.Verify(chain.Take(n)) is AuditVerdict.Intact intact && intact.Count == n);
    }

    [Property(Arbitrary = [typeof(TwoPlaces)])]
    public bool Verify_EntryRemoved_IsFoundThere((int Length, int First, int Second) at)
    {
        var chain = TestEntries.Chain(at.Length);
        chain.RemoveAt(at.First);

        return AuditVerifier.Verify(chain) is AuditVerdict.Broken broken && broken.Sequence == at.First + 1;
    }

    [Property(Arbitrary = [typeof(TwoPlaces)])]
    public bool Verify_TwoEntriesSwapped_IsFoundAtTheFirst((int Length, int First, int Second) at)
    {
        var chain = TestEntries.Chain(at.Length);
        (chain[at.First], chain[at.Second]) = (chain[at.Second], chain[at.First]);

        return AuditVerifier.Verify(chain) is AuditVerdict.Broken broken && broken.Sequence == at.First + 1;
    }

    [Property(Arbitrary = [typeof(TwoPlaces)])]
    public bool Verify_SwappedAndRenumbered_IsFoundAtTheFirst((int Length, int First, int Second) at)
    {
        var chain = TestEntries.Chain(at.Length);
        var (a, b) = (chain[at.First], chain[at.Second]);
        chain[at.First] = b with { Entry = b.Entry with { Sequence = a.Entry.Sequence } };
        chain[at.Second] = a with { Entry = a.Entry with { Sequence = b.Entry.Sequence } };

        return AuditVerifier.Verify(chain) is AuditVerdict.Broken broken && broken.Sequence == at.First + 1;
    }

    private static AuditVerdict.Broken Broken(AuditVerdict verdict) => Assert.IsType<AuditVerdict.Broken>(verdict);

    /// <summary>A length and two places in it, the first before the second.</summary>
    public static class TwoPlaces
    {
        public static Arbitrary<(int Length, int First, int Second)> Places() => Arb.From(
            from length in Gen.Choose(2, 12)
            from first in Gen.Choose(0, length - 2)
            from second in Gen.Choose(first + 1, length - 1)
            select (length, first, second));
    }
}
