using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class AgesTests
{
    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(7199, "119 min")]
    [InlineData(7200, "2 h 00 min")]
    [InlineData(9840, "2 h 44 min")]
    [InlineData(86400, "1 d")]
    public void Span_EachRange_HasItsWords(int seconds, string words) => Assert.Equal(words, Ages.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(5940, "99 min")]
    [InlineData(6000, "1 h")]
    [InlineData(172800, "2 d")]
    public void Narrow_LongAges_AreShorter(int seconds, string words) => Assert.Equal(words, Ages.Narrow(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Text_OtherDay_NamesTheDate() =>
        Assert.Equal("2026-11-22 14:05:31Z · 1 d ago", Ages.Text(TestTiles.Now.AddDays(-1), TestTiles.Now, AgeStyle.Line));

    [Theory]
    [InlineData(23, "23 min left")]
    [InlineData(-3, "overdue by 3 min")]
    public void Text_Deadline_SaysWhatIsLeft(int minutes, string words) =>
        Assert.Equal(words, Ages.Text(TestTiles.Now.AddMinutes(minutes), TestTiles.Now, AgeStyle.Left));
}
