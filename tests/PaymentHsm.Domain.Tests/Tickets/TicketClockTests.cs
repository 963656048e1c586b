using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.Tests.Tickets;

public sealed class TicketClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly TicketClockOptions Options = new() { High = TimeSpan.FromHours(8), CustomerTime = TimeSpan.FromDays(5) };

    [Fact]
    public void R58_WaitingForTheCustomer_PausesTheOperatorsTime()
    {
        var open = TicketClock.Start(Severity.High, Options, Noon);
        var waiting = open.Move(TicketState.Open, TicketState.WaitingForCustomer, Severity.High, Options, Noon.AddHours(3));
        var again = waiting.Move(TicketState.WaitingForCustomer, TicketState.Open, Severity.High, Options, Noon.AddDays(2));

        Assert.Equal(Noon.AddHours(8), open.Due);
        Assert.Equal((Noon.AddHours(3).AddDays(5), TimeSpan.FromHours(5)), (waiting.Due, waiting.Left));
        Assert.Equal((Noon.AddDays(2).AddHours(5), (TimeSpan?)null), (again.Due, again.Left));
    }

    [Fact]
    public void R58_TimeThatHadRunOut_IsStillOutAfterTheWait()
    {
        var waiting = TicketClock.Start(Severity.High, Options, Noon).Move(TicketState.Open, TicketState.WaitingForCustomer, Severity.High, Options, Noon.AddHours(9));
        var again = waiting.Move(TicketState.WaitingForCustomer, TicketState.Open, Severity.High, Options, Noon.AddDays(1));

        Assert.False(waiting.IsOverdue(Noon.AddHours(9)));
        Assert.True(again.IsOverdue(Noon.AddDays(1)));
    }

    [Fact]
    public void R58_Closed_HasNoClockAndReopenedBeginsAnew()
    {
        var closed = TicketClock.Start(Severity.High, Options, Noon).Move(TicketState.Open, TicketState.Closed, Severity.High, Options, Noon.AddHours(1));
        var again = closed.Move(TicketState.Closed, TicketState.Open, Severity.High, Options, Noon.AddDays(3));

        Assert.Null(closed.Due);
        Assert.False(closed.IsOverdue(Noon.AddYears(1)));
        Assert.Equal(Noon.AddDays(3).AddHours(8), again.Due);
    }
}
