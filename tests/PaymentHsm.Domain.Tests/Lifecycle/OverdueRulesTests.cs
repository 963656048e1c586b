using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Lifecycle;

public sealed class OverdueRulesTests
{
    [Theory]
    [InlineData(0, OverdueStanding.InTime)]
    [InlineData(74, OverdueStanding.InTime)]
    [InlineData(75, OverdueStanding.StuckSoon)]
    [InlineData(99, OverdueStanding.StuckSoon)]
    [InlineData(100, OverdueStanding.Stuck)]
    [InlineData(10_000, OverdueStanding.Stuck)]
    public void Judge_PartOfTheTime_TellsSoonAndStuck(int minutes, OverdueStanding standing) =>
        Assert.Equal(standing, OverdueRules.Judge(TestFacts.Now, TestFacts.Now.AddMinutes(100), TestFacts.Now.AddMinutes(minutes)));

    [Theory]
    [InlineData(Role.Engineering, OverdueStanding.Stuck, null)]
    [InlineData(Role.Engineering, OverdueStanding.StuckSoon, RefusalKind.NotInThisState)]
    [InlineData(Role.Support, OverdueStanding.Stuck, RefusalKind.NotThisPerson)]
    [InlineData(Role.Automation, OverdueStanding.Stuck, RefusalKind.NotThisPerson)]
    public void R88_WayOut_IsAnEngineersAndOnlyPastTheDeadline(Role role, OverdueStanding standing, RefusalKind? refused) =>
        Assert.Equal(refused, OverdueRules.MayEscape(new Actor("somebody", role), standing)?.Kind);
}
