using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.Tests.Tickets;

public sealed class TicketRulesTests
{
    [Theory]
    [InlineData("HsmReset", TicketCategory.HsmReset)]
    [InlineData("hsm reset", TicketCategory.HsmReset)]
    [InlineData("HARDWARE", TicketCategory.Hardware)]
    [InlineData("something else", TicketCategory.Other)]
    [InlineData("3", TicketCategory.Other)]
    [InlineData("", TicketCategory.Other)]
    [InlineData(null, TicketCategory.Other)]
    public void Category_AsWritten_IsReadOrLeftToTheOperator(string? text, TicketCategory expected) => Assert.Equal(expected, TicketRules.Category(text));

    [Theory]
    [InlineData("1", Severity.Critical)]
    [InlineData("Sev2", Severity.High)]
    [InlineData("c", Severity.Medium)]
    [InlineData("Severity 4", Severity.Low)]
    [InlineData("high", Severity.High)]
    [InlineData("urgent", null)]
    [InlineData(null, null)]
    public void SeverityOf_AsWritten_IsReadOrRefused(string? text, Severity? expected) => Assert.Equal(expected, TicketRules.SeverityOf(text));

    [Fact]
    public void R5_CustomerSideQuestions_BelongToThales()
    {
        Assert.Equal("Thales support", TicketRules.OwnerOf(TicketCategory.PayShieldManager));
        Assert.Equal("Operator", TicketRules.OwnerOf(TicketCategory.HsmReset));
    }

    [Theory]
    [InlineData("T-10482", 10482L)]
    [InlineData("t-7", 7L)]
    [InlineData("7", 7L)]
    [InlineData("T-", null)]
    [InlineData("-7", null)]
    [InlineData("x", null)]
    public void TicketNumber_AsWritten_IsRead(string text, long? expected) => Assert.Equal(expected, TicketNumber.Parse(text));
}
