using System.Text;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Receiving;

namespace PaymentHsm.Portal.Tests.Receiving;

/// <summary>What files people really have, and hostile ones.</summary>
public sealed class IntakeCsvTests
{
    private static readonly string Header = string.Join(',', IntakeRules.Columns);
    private const string Row = "A4665271234F,M1,S1,aa,Ada,eastus,stamp1,R12,U21,A/1,B/1,o/1,s/1,s/2,s/3";

    [Theory]
    [InlineData("\r\n", false, ',')]
    [InlineData("\n", true, ',')]
    [InlineData("\n", false, ';')]
    [InlineData("\r\n", true, ';')]
    public void Read_LineEndsMarkAndSeparator_AllMeanTheSame(string end, bool mark, char separator)
    {
        var text = $"{Header}{end}{Row}{end}{end}{Row.Replace("Ada", $"\"Lovelace{separator} \"\"Ada\"\"\"", StringComparison.Ordinal)}{end}";
        var bytes = Encoding.UTF8.GetBytes(text.Replace(',', separator));

        var (rows, faults) = IntakeCsv.Read(mark ? [.. Encoding.UTF8.GetPreamble(), .. bytes] : bytes);

        Assert.Empty(faults);
        Assert.Equal([2, 4], rows.Select(r => r.Number));
        Assert.Equal("A4665271234F", rows[0].Arrival.Serial);
        Assert.Equal($"Lovelace{separator} \"Ada\"", rows[1].Arrival.SecondPerson);
        Assert.Equal("s/3", rows[0].Racking.ManagementPort);
    }

    [Fact]
    public void Read_Template_IsGood()
    {
        var (rows, faults) = IntakeCsv.Read(Encoding.UTF8.GetBytes(IntakeCsv.Template));
        Assert.Empty(faults);
        var row = Assert.Single(rows);
        var by = new Domain.People.Actor("datacenter1", Domain.People.Role.Datacenter);
        Assert.Empty(IntakeRules.Check(row.Arrival, by, DateTimeOffset.UnixEpoch).Faults);
        Assert.Empty(IntakeRules.Check(row.Racking, by, DateTimeOffset.UnixEpoch).Faults);
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("serial,seal\nA,B\n", 1, "missing")]
    [InlineData("HEADER,extra\n", 1, "no such column")]
    [InlineData("HEADER\n", 1, "names no device")]
    [InlineData("HEADER\nA4665271234F,only,three\n", 2, "3 fields")]
    [InlineData("HEADER\nROW\n\"never closed,x\n", 3, "quote")]
    public void Read_BrokenFile_SaysWhereAndWhat(string text, int row, string words)
    {
        var faults = IntakeCsv.Read(Encoding.UTF8.GetBytes(text.Replace("HEADER", Header, StringComparison.Ordinal).Replace("ROW", Row, StringComparison.Ordinal))).Faults;
        Assert.NotEmpty(faults);
        Assert.Equal(row, faults[^1].Row);
        Assert.Contains(faults, f => f.Problem.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NotUtf8TooLongTooMany_AreRefused()
    {
        Assert.Contains("UTF-8", IntakeCsv.Read(new byte[] { 0x73, 0xE9, 0x2C }).Faults[0].Problem, StringComparison.Ordinal);
        Assert.Contains("bytes", IntakeCsv.Read(new byte[IntakeCsv.MostBytes + 1]).Faults[0].Problem, StringComparison.Ordinal);
        var many = new StringBuilder(Header).Append('\n').Insert(Header.Length + 1, Row + "\n", IntakeCsv.MostRows + 1).ToString();
        Assert.Contains("more than 2000", IntakeCsv.Read(Encoding.UTF8.GetBytes(many)).Faults[0].Problem, StringComparison.Ordinal);
    }
}
