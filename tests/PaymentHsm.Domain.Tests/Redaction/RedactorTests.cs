using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Redaction;

namespace PaymentHsm.Domain.Tests.Redaction;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("PAN 4111 1111 1111 1111 exp 12/27", "PAN [redacted: card number] exp 12/27")]
    [InlineData("4111-1111-1111-1111", "[redacted: card number]")]
    [InlineData("378282246310005", "[redacted: card number]")]
    [InlineData(";4111111111111111=25121010000000? and PAN4111111111111111D2512", ";[redacted: card number]=25121010000000? and PAN[redacted: card number]D2512")]
    [InlineData("two: 5555555555554444, 4012888888881881.", "two: [redacted: card number], [redacted: card number].")]
    [InlineData("block S10096B0TN00S0003471D2BB4BFA9B2D2E1F0A9B8C7D6E5F4A3B2C1D0E9F8A7B6C5D4E3F2A1B0 end", "block [redacted: key block] end")]
    [InlineData("RB0080P0TE00E000094B420079CC80BA3461F86FE26EFC4A3B8E4FA4C5F5341176EED7B727B8A248E", "[redacted: key block]")]
    [InlineData("ZPK under LMK UDDA68E2E4DBB1DA3DDA68E2E4DBB1DA3", "ZPK under LMK [redacted: key block]")]
    [InlineData("component 1: 0123456789ABCDEE", "component 1: [redacted: key component]")]
    [InlineData("clear component A 0123 4567 89AB CDEE FEDC BA98 7654 3211", "clear component A [redacted: key component]")]
    [InlineData("value 0123456789ABCDEF", "value [redacted: key component]")]
    public void R39_Secret_IsTakenOut(string text, string expected) => Assert.Equal(expected, Redactor.Clean(text).Text);

    [Theory]
    [InlineData("at 2026-11-23 13:05:09 and 20261123130509")]
    [InlineData("SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("digest e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("op a3f1c2d4-9b7e-4c1a-8f00-1234567890ab on A4665271234F")]
    [InlineData("hosts 52.168.117.34, 40.112.72.205")]
    [InlineData("ms 1732367109000, boot 11, ports 5 5 5 5")]
    [InlineData("1111111111111111 and 0000000000000000")]
    [InlineData("")]
    [InlineData(null)]
    public void R39_NoSecret_StaysAsItWas(string? text) => Assert.Equal(text, Redactor.Clean(text).Text);

    [Fact]
    public void Clean_Found_LeavesANoteThatDoesNotRepeatIt()
    {
        var words = FreeText.Clean(new Actor("support1", Role.Support), "a ticket note", null, "T-7", "card 4111111111111111");

        Assert.Equal("card [redacted: card number]", words.Text);
        var note = Assert.Single(words.Notes);
        Assert.Equal(("text.redacted", "T-7"), (note.Action, note.Ticket));
        Assert.DoesNotContain("4111", note.ToString(), StringComparison.Ordinal);
    }
}
