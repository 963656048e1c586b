using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Lifecycle;

/// <summary>Each way out of quarantine, open or closed by its rule.</summary>
public sealed class QuarantineExitsTests
{
    private static readonly Actor Engineer = new("engineer1", Role.Engineering);

    /// <summary>The rule that closes each way out, in order repair, reclaim, destruction, lift; <c>-</c> is open.</summary>
    [Theory]
    [InlineData("clean", Role.Engineering, true, "- D24 - R52")]
    [InlineData("clean", Role.Support, true, "D23 D24 - R52")]
    [InlineData("clean", Role.Engineering, false, "- D24 D25 R52")]
    [InlineData("dirty", Role.Engineering, true, "I7 - - R52")]
    [InlineData("failed", Role.Engineering, true, "R79 R79 - R52")]
    [InlineData("held", Role.Engineering, true, "R52 D24 - -")]
    [InlineData("held", Role.Datacenter, true, "R52 D24 R1 R52")]
    [InlineData("dirty and held", Role.Engineering, true, "R52 R52 - -")]
    [InlineData("dirty", Role.Engineering, false, "I7 D24 D25 R52")]
    [InlineData("unproven", Role.Engineering, true, "R30 - - R52")]
    [InlineData("held by a customer", Role.Engineering, false, "D23 D24 D25 -")]
    public void Of_Device_OpensAndClosesByRule(string kind, Role role, bool resourceGone, string rules)
    {
        var device = kind switch
        {
            "clean" => TestFacts.CleanQuarantined,
            "dirty" => TestFacts.Dirty,
            "failed" => TestFacts.Dirty with { HardwareFailed = true },
            "held" => TestFacts.CleanQuarantined with { Hold = true },
            "dirty and held" => TestFacts.Dirty with { Hold = true },
            "unproven" => TestFacts.Dirty with { Custody = CustodyState.Unknown },
            _ => TestFacts.In(HsmState.Allocated) with { Hold = true },
        };

        var exits = QuarantineExits.Of(device, new Actor("somebody", role), resourceGone, TestFacts.Now, LifecycleOptions.Default);

        Assert.Equal([QuarantineExitKind.Repair, QuarantineExitKind.ReclaimAgain, QuarantineExitKind.Destruction, QuarantineExitKind.LiftHold], exits.Select(e => e.Kind));
        Assert.Equal(rules, string.Join(' ', exits.Select(e => e.Closed?.RuleId ?? "-")));
    }

    [Theory]
    [InlineData(null, RefusalKind.BadInput)]
    [InlineData("  ", RefusalKind.BadInput)]
    [InlineData("Fan changed", null)]
    public void Repair_Note_IsNeeded(string? note, RefusalKind? refused) =>
        Assert.Equal(refused, QuarantineExits.Repair(TestFacts.CleanQuarantined, Engineer, note, TestFacts.Now, LifecycleOptions.Default)?.Kind);

    [Fact]
    public void I7_DirtyUnit_IsNeverSignedOff()
    {
        Assert.Equal("I7", QuarantineExits.Repair(TestFacts.Dirty with { Custody = CustodyState.Operator }, Engineer, "wiped by hand", TestFacts.Now, LifecycleOptions.Default)?.RuleId);
        Assert.Equal(RefusalKind.NotInThisState, QuarantineExits.Repair(TestFacts.In(HsmState.Available), Engineer, "x", TestFacts.Now, LifecycleOptions.Default)?.Kind);
    }
}
