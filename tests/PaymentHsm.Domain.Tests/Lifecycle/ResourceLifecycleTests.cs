using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Tests.Lifecycle;

public sealed class ResourceLifecycleTests
{
    private static readonly (string Id, ResourceState From, ResourceEvent Trigger, ResourceState? To)[] Expected =
    [
        ("A2", ResourceState.CheckingQuota, ResourceEvent.QuotaFree, ResourceState.Allocating),
        ("A2", ResourceState.CheckingQuota, ResourceEvent.QuotaExceeded, ResourceState.Failed),
        ("A3", ResourceState.Allocating, ResourceEvent.Reserved, ResourceState.Provisioning),
        ("A3", ResourceState.Allocating, ResourceEvent.NoCapacity, ResourceState.Failed),
        ("A4", ResourceState.Provisioning, ResourceEvent.Configured, ResourceState.Connecting),
        ("A5", ResourceState.Connecting, ResourceEvent.Connected, ResourceState.Succeeded),
        ("A6", ResourceState.CheckingQuota, ResourceEvent.Error, ResourceState.Failed),
        ("A6", ResourceState.Allocating, ResourceEvent.Error, ResourceState.Failed),
        ("A6", ResourceState.Provisioning, ResourceEvent.Error, ResourceState.Failed),
        ("A6", ResourceState.Connecting, ResourceEvent.Error, ResourceState.Failed),
        ("A7", ResourceState.Succeeded, ResourceEvent.ChangeSku, ResourceState.Succeeded),
        ("A8", ResourceState.Succeeded, ResourceEvent.Delete, ResourceState.Deleting),
        ("A8", ResourceState.Failed, ResourceEvent.Delete, ResourceState.Deleting),
        ("A9", ResourceState.Deleting, ResourceEvent.NotReleased, ResourceState.Succeeded),
        ("A10", ResourceState.Deleting, ResourceEvent.ReleaseUnknown, ResourceState.Succeeded),
        ("A11", ResourceState.Deleting, ResourceEvent.Released, null),
        ("A12", ResourceState.Deleting, ResourceEvent.ReclaimEnded, null),
        ("A13", ResourceState.Deleting, ResourceEvent.Resume, ResourceState.Deleting),
    ];

    public static TheoryData<ResourceState, ResourceEvent> EveryPair() => TheoryPairs.Of(Enum.GetValues<ResourceState>(), Enum.GetValues<ResourceEvent>());

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Apply_EveryStateAndEvent_MovesAsTheReferenceSaysOrRefuses(ResourceState state, ResourceEvent trigger)
    {
        var row = Expected.FirstOrDefault(e => e.From == state && e.Trigger == trigger);

        var outcome = ResourceGuards.Apply(state, trigger, Perfect(trigger));

        if (row.Id is null)
        {
            Assert.Matches("^A[0-9]+$", Refused(outcome).RuleId);
        }
        else
        {
            Assert.Equal(new ResourceMove(row.Id, row.To), Assert.IsType<Outcome<ResourceMove>.Done>(outcome).Value);
        }
    }

    [Fact]
    public void R20_Create_UnapprovedSubscription_IsRefused()
    {
        Assert.Equal("R20", Refused(ResourceGuards.Apply(null, ResourceEvent.Create, ResourceFacts.None)).RuleId);
        Assert.Equal(
            new ResourceMove("A1", ResourceState.CheckingQuota),
            Assert.IsType<Outcome<ResourceMove>.Done>(ResourceGuards.Apply(null, ResourceEvent.Create, Perfect(ResourceEvent.Create))).Value);
    }

    [Theory]
    [InlineData(HsmState.HandingOver)]
    [InlineData(HsmState.Reserved)]
    [InlineData(HsmState.Quarantined)]
    public void R13_Connected_BeforeTheDeviceIsAllocated_IsRefused(HsmState device) =>
        Assert.Equal("R13", Refused(ResourceGuards.Apply(ResourceState.Connecting, ResourceEvent.Connected, Perfect(ResourceEvent.Connected) with { Device = device })).RuleId);

    [Fact]
    public void R14_Connected_WithTwoInterfaces_IsRefused() =>
        Assert.Equal("R14", Refused(ResourceGuards.Apply(ResourceState.Connecting, ResourceEvent.Connected, Perfect(ResourceEvent.Connected) with { InterfacesUp = 2 })).RuleId);

    [Fact]
    public void R67_Delete_WhileAnotherOperationHoldsTheDevice_IsRefused() =>
        Assert.Equal("R67", Refused(ResourceGuards.Apply(ResourceState.Succeeded, ResourceEvent.Delete, Perfect(ResourceEvent.Delete) with { Locked = true })).RuleId);

    [Theory]
    [InlineData(CustodyState.Customer)]
    [InlineData(CustodyState.Unknown)]
    public void R70_R30_Released_WhileACustomerMayHoldTheDevice_IsRefused(CustodyState custody) =>
        Assert.Equal("R70", Refused(ResourceGuards.Apply(ResourceState.Deleting, ResourceEvent.Released, Perfect(ResourceEvent.Released) with { Custody = custody })).RuleId);

    [Fact]
    public void R73_NotReleased_AfterAConsumedApproval_DoesNotStopTheDeletion() =>
        Assert.Equal("R73", Refused(ResourceGuards.Apply(ResourceState.Deleting, ResourceEvent.NotReleased, Perfect(ResourceEvent.NotReleased) with { ApprovalConsumed = true })).RuleId);

    [Fact]
    public void R80_ReclaimEnded_WhileItRuns_IsRefused()
    {
        var facts = Perfect(ResourceEvent.ReclaimEnded);

        Assert.Equal("R80", Refused(ResourceGuards.Apply(ResourceState.Deleting, ResourceEvent.ReclaimEnded, facts with { Device = HsmState.Reclaiming })).RuleId);
        Assert.Equal("I5", Refused(ResourceGuards.Apply(ResourceState.Deleting, ResourceEvent.ReclaimEnded, facts with { ApprovalConsumed = false })).RuleId);
    }

    public static TheoryData<ResourceState, string> Overdue() => TheoryPairs.Of(Enum.GetValues<ResourceState>(), ["customer", "forced", "no device"]);

    [Theory]
    [MemberData(nameof(Overdue))]
    public void I10_OverdueEvent_EveryPassingState_HasADeadlineAndMoves(ResourceState state, string standing)
    {
        var facts = standing switch
        {
            "customer" => new ResourceFacts { Custody = CustodyState.Customer, Device = HsmState.Allocated },
            "forced" => new ResourceFacts { Custody = CustodyState.ComingBack, Device = HsmState.Quarantined, ApprovalConsumed = true },
            _ => ResourceFacts.None,
        };
        var passing = ResourceLifecycle.MarkOf(state) == StateMark.Passing;

        Assert.Equal(passing, LifecycleOptions.Default.DeadlineOf(state) is { } limit && limit > TimeSpan.Zero);
        Assert.Equal(passing, ResourceLifecycle.OverdueEvent(state, facts) is { } overdue && ResourceGuards.Apply(state, overdue, facts) is Outcome<ResourceMove>.Done);
    }

    private static ResourceFacts Perfect(ResourceEvent trigger) => new()
    {
        SubscriptionApproved = true,
        LicenceReadBack = true,
        InterfacesUp = 3,
        SkuKnown = true,
        Device = trigger switch
        {
            ResourceEvent.Reserved => HsmState.Reserved,
            ResourceEvent.Connected or ResourceEvent.NotReleased or ResourceEvent.ReleaseUnknown => HsmState.Allocated,
            _ => HsmState.Released,
        },
        Custody = trigger is ResourceEvent.NotReleased or ResourceEvent.ReleaseUnknown or ResourceEvent.Connected ? CustodyState.Customer : CustodyState.ComingBack,
        ApprovalConsumed = trigger == ResourceEvent.ReclaimEnded,
    };

    private static Refusal Refused(Outcome<ResourceMove> outcome) => Assert.IsType<Outcome<ResourceMove>.Refused>(outcome).Why;
}
