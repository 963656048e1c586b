using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Fleet;
using static PaymentHsm.Domain.Tests.Approvals.TestApprovals;

namespace PaymentHsm.Domain.Tests.Approvals;

public sealed class ApprovalBindingTests
{
    private static readonly Dictionary<string, ApprovalBinding> Changed = new()
    {
        ["serial"] = Binding with { Serial = HsmSerial.Parse("A4665271234G") },
        ["oobIdentity"] = Binding with { OobIdentity = "6d1f2f3f" },
        ["resourceId"] = Binding with { ResourceId = null },
        ["resourceGeneration"] = Binding with { ResourceGeneration = 4 },
        ["allocation"] = Binding with { Allocation = "alloc-7f3b" },
        ["ticket"] = Binding with { Ticket = "T-10483" },
        ["ticketRevision"] = Binding with { TicketRevision = 6 },
        ["requestDocument"] = Binding with { RequestDocument = null },
        ["action"] = Binding with { Action = "Destruction" },
        ["parameters"] = Binding with { Parameters = new Dictionary<string, string>() },
        ["runbookVersion"] = Binding with { RunbookVersion = "RB-7" },
        ["observedState"] = Binding with { ObservedState = new Dictionary<string, string> { ["oob"] = "reachable", ["tamper"] = "latched" } },
        ["impactPreview"] = Binding with { ImpactPreview = "" },
    };

    public static TheoryData<string> Names() => [.. Changed.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Digest_AnyPartChanged_DiffersAndTheDriftIsNamed(string name)
    {
        Assert.NotEqual(Binding.Digest(), Changed[name].Digest());
        Assert.Equal([name], Changed[name].DriftFrom(Binding));
    }

    [Fact]
    public void Digest_AllPartsOfABinding_AreCovered() => Assert.Equal(Changed.Count, typeof(ApprovalBinding).GetConstructors().Max(c => c.GetParameters().Length));

    [Fact]
    public void Digest_SameFactsInAnotherOrder_IsTheSame()
    {
        var same = Binding with { ObservedState = new Dictionary<string, string> { ["tamper"] = "none", ["oob"] = "reachable" } };

        Assert.Equal(Binding.Digest(), same.Digest());
        Assert.Empty(same.DriftFrom(Binding));
        Assert.Matches("^[0-9a-f]{64}$", same.Digest());
    }

    [Fact]
    public void ChangesFrom_NamedValues_AreComparedOneByOne()
    {
        var now = Binding with { ResourceGeneration = 4, ObservedState = new Dictionary<string, string> { ["oob"] = "reachable", ["link"] = "down" } };

        Assert.Equal(
            [new BindingChange("observedState.link", null, "down"), new BindingChange("observedState.tamper", "none", null), new BindingChange("resourceGeneration", "3", "4")],
            now.ChangesFrom(Binding));
        Assert.Empty(Binding.ChangesFrom(Binding));
    }

    [Theory]
    [InlineData("APR-0117", 117L)]
    [InlineData("apr-12345", 12345L)]
    [InlineData("117", null)]
    [InlineData("APR--1", null)]
    [InlineData("APR-1; DROP", null)]
    public void Number_Parse_ReadsWhatPeopleWrite(string text, long? id) => Assert.Equal(id, ApprovalNumber.Parse(text));
}
