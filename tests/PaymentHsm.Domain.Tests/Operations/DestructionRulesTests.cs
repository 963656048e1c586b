using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Redaction;
using PaymentHsm.Domain.Tickets;
using static PaymentHsm.Domain.Tests.Operations.ReclaimScene;

namespace PaymentHsm.Domain.Tests.Operations;

public sealed class DestructionRulesTests
{
    private static readonly Actor Support = new("support1", Role.Support);

    private static readonly Ticket Open = new("T-10482", "dead", Serial, null, TicketCategory.Hardware, Severity.High, null, TicketState.Open, "support1", Noon, "support1", 1);

    private static readonly DeviceRecord Quarantined = DeviceRecord.InPool(Serial, Noon) with { State = HsmState.Quarantined };

    [Theory]
    [InlineData("HDD-77K0031", null)]
    [InlineData("WD-WCC4E1234567/2.1_a", null)]
    [InlineData("", "R81")]
    [InlineData("two words", "R81")]
    public void R81_Request_DiskSerial_IsOneThatALabelCanBear(string disk, string? rule) =>
        Assert.Equal(rule, Destruction.Request(Support, Open, Quarantined, true, null, false, "main board burnt", disk)?.RuleId);

    [Theory]
    [InlineData(HsmState.Available, Sanitisation.VerifiedClean, true, null)]
    [InlineData(HsmState.Available, Sanitisation.VerifiedClean, false, "D25")]
    [InlineData(HsmState.Available, Sanitisation.Dirty, true, "D31")]
    [InlineData(HsmState.Quarantined, Sanitisation.VerifiedClean, true, null)]
    [InlineData(HsmState.Quarantined, Sanitisation.Dirty, true, "D31")]
    [InlineData(HsmState.Quarantined, Sanitisation.Dirty, false, null)]
    [InlineData(HsmState.Allocated, Sanitisation.Dirty, true, "D25")]
    [InlineData(HsmState.Reserved, Sanitisation.VerifiedClean, true, "D25")]
    public void D31_Request_Retires_OnlyAUnitThatIsFreeAndClean(HsmState state, Sanitisation sanitisation, bool retires, string? rule) =>
        Assert.Equal(rule, Destruction.Request(Support, Open, Quarantined with { State = state, Sanitisation = sanitisation }, true, null, retires, "out of warranty", "HDD-77K0031")?.RuleId);

    /// <summary>R39 takes a card number out of what is typed; the mark that is left would match every other disk of that kind.</summary>
    [Fact]
    public void R81_Request_RedactedDiskSerial_IsRefused() =>
        Assert.Equal("R81", Destruction.Request(Support, Open, Quarantined, true, null, false, "main board burnt", Redactor.Mark(SecretKind.CardNumber))?.RuleId);
}
