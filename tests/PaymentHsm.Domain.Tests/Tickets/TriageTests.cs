using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.Tests.Tickets;

public sealed class TriageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void R56_Table_HasOneRowForEveryCategory() => Assert.Equal(Enum.GetValues<TicketCategory>().Order(), Triage.Table.Select(r => r.Category).Order());

    [Theory]
    [InlineData(TicketCategory.PayShieldManager, "Contoso", "R5")]
    [InlineData(TicketCategory.CardsAndReaders, "Contoso", "R5")]
    [InlineData(TicketCategory.FirmwareOrLicence, null, null)]
    [InlineData(TicketCategory.Unresponsive, "Contoso", null)]
    [InlineData(TicketCategory.CustomerSetup, "Contoso", null)]
    public void R5_MayAct_RefusesWhatThalesOwns(TicketCategory category, string? customer, string? rule) => Assert.Equal(rule, Triage.MayAct(Ticket(category, customer))?.RuleId);

    [Fact]
    public void R5_RouteToThales_OnlyWhatThalesOwns()
    {
        Assert.Null(TicketMoves.Move(Ticket(TicketCategory.CardsAndReaders, "Contoso"), TicketState.Closed, TicketClosing.RoutedToThales, "sent there"));
        Assert.Equal("R5", TicketMoves.Move(Ticket(TicketCategory.Hardware, "Contoso"), TicketState.Closed, TicketClosing.RoutedToThales, "sent there")?.RuleId);
    }

    [Fact]
    public void R58_Close_WantsAReason() => Assert.Equal("R58", TicketMoves.Move(Ticket(TicketCategory.Hardware, "Contoso"), TicketState.Closed, TicketClosing.Solved, " ")?.RuleId);

    private static Ticket Ticket(TicketCategory category, string? customer) =>
        new("T-1", "host ports dead", HsmSerial.Parse("A4665271234F"), customer, category, Severity.High, null, TicketState.Open, "support1", Now, "support1", 1);
}
