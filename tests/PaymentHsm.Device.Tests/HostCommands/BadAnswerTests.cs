using System.Text;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.HostCommands;

/// <summary>BAD-INPUTS B, the rows about fields: a well-framed answer with bad content is a Protocol failure of that request only, and the connection lives on.</summary>
public sealed class BadAnswerTests
{
    private const string Block = "S0420000017A261101080000261123170500261123170500";
    private const string Health = "S0420000017A261123170500111300";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("NC", "NE00", "B4: response code of another command")]
    [InlineData("NC", "nd00", "B4: lower case")]
    [InlineData("NC", "ZZ15", "A6: ZZ")]
    [InlineData("NC", "ND00", "B4: success without data")]
    [InlineData("NC", "ND\u0001\u0002", "B4: error code not printable")]
    [InlineData("NC", "ND005D672700000000001500-002", "B5: too short")]
    [InlineData("NC", "ND005D672700000000001500-0023X", "B5: too long")]
    [InlineData("NO", "NP0031641500-00230000", "B6: 25 bytes")]
    [InlineData("NO", "NP0031641500-0023000000", "B6: 27 bytes")]
    [InlineData("NO", "NP003100641500-0023000000", "B6: 29 bytes")]
    [InlineData("NO", "NP0031xx1500-002300000", "B5: letters in a number")]
    [InlineData("NI", "NJ000002" + "005DC0A140005C244000000930", "B7: count larger than present")]
    [InlineData("NI", "NJ000000" + "005DC0A140005C244000000930", "B7: count smaller than present")]
    [InlineData("NI", "NJ0000FF", "B7: count not decimal")]
    [InlineData("NI", "NJ009999", "B7: 9999 records")]
    [InlineData("N+", "NJ000000", "B7: statistics missing")]
    [InlineData("J2", "J300" + Block + "0001933500" + "0000100000027000;0100", "B8: partial record")]
    [InlineData("J2", "J300" + Block + "0001933500" + "0000100000027000.", "B8: unknown delimiter")]
    [InlineData("J4", "J500" + Block + "0001933500" + "NC00000000043", "B8: partial record")]
    [InlineData("J8", "J900" + "S0420000017A000000000000261123170500261123170500" + "0000000007000000000000000020000100000000", "B5: date 000000")]
    [InlineData("J8", "J900" + "S0420000017A991399080000261123170500261123170500" + "0000000007000000000000000020000100000000", "B5: date 991399")]
    [InlineData("J8", "J900" + "S0420000017A261101246060261123170500261123170500" + "0000000007000000000000000020000100000000", "B5: time 246060")]
    [InlineData("J8", "J900" + Block + "000000000A000000000000000020000100000000", "B5: letters in a counter")]
    [InlineData("JK", "JL00" + Health + "1010000" + "\u001500", "B9: fewer LMKs than loaded")]
    [InlineData("JK", "JL00" + Health + "1000000" + "00102K2Lx\u0014\u001500", "B9: more LMKs than loaded")]
    [InlineData("JK", "JL00" + Health + "1010000" + "00102K2Lx\u001400", "B9: no end of the list")]
    [InlineData("JK", "JL00" + Health + "1010000" + "00102K2La\u0015b\u0014\u001500", "B9: end mark inside a comment")]
    [InlineData("JK", "JL00" + Health + "2000000" + "\u001500", "B9: tampered without the event")]
    [InlineData("JK", "JL00" + Health + "1" + "07261122031415" + "000000" + "\u001500", "B9: not tampered, with the event")]
    [InlineData("JK", "JL00" + Health + "1000000" + "\u0015", "B9: last flags missing")]
    [InlineData("Q2", "Q3000000008F1704552311264F4ED0003030A1B2C3D4E5F607180F1E2D3C4B5A69788796A5B4C3D2E1F", "B10: 79 digits")]
    [InlineData("Q2", "Q3000000008F1704552311264F4ED0003030A1B2C3D4E5F607180F1E2D3C4B5A69788796A5B4C3D2E1F00", "B10: 81 digits")]
    [InlineData("Q2", "Q3000000008f1704552311264F4ED0003030A1B2C3D4E5F607180F1E2D3C4B5A69788796A5B4C3D2E1F0", "B10: lower case")]
    [InlineData("Q2", "Q3000000008F1704552311264F4ED00030G0A1B2C3D4E5F607180F1E2D3C4B5A69788796A5B4C3D2E1F0", "B10: not hexadecimal")]
    [InlineData("Q2", "Q3000000008F17045523112A4F4ED0003030A1B2C3D4E5F607180F1E2D3C4B5A69788796A5B4C3D2E1F0", "B10: packed date with letters")]
    [InlineData("Q2", "Q3000000008F1704552311268F4ED0003030A1B2C3D4E5F607180F1E2D3C4B5A69788796A5B4C3D2E1F0", "B10: code not ASCII")]
    [InlineData("B2", "B300pin", "B5: echo cut")]
    [InlineData("B2", "B300pong", "an echo of other bytes")]
    [InlineData("B2", "B300pingping", "an echo with bytes after it")]
    public async Task BadContent_IsAProtocolFailure_AndTheNextRequestIsGood(string command, string answer, string row)
    {
        var bad = true;
        await using var peer = ScriptedPeer.Answering((header, _) => ScriptedPeer.Talk.Frame(header, bad ? answer : "ND005D672700000000001500-0023"));
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        var failure = await Assert.ThrowsAsync<HostProtocolException>(() => SendAsync(link, command));
        Assert.Equal((row, LinkFault.Protocol), (row, failure.Fault));
        bad = false;
        Assert.True((await link.DiagnoseAsync(Token)).IsDone);
        Assert.Equal(1, peer.Accepted);
    }

    [Theory]
    [InlineData("NC", "ND67", "67", "command not licensed")]
    [InlineData("NC", "ND68", "68", "command disabled")]
    [InlineData("NC", "ND7X", "7X", "error code not in the table")]
    [InlineData("NC", "NDZZ", "ZZ", "packet could not be parsed")]
    [InlineData("NC", "ND15junk after it", "15", "bad input: format, characters, or too little data")]
    [InlineData("N+", "NJ81", "81", "bad interface")]
    [InlineData("N+", "NJ82", "82", "bad statistics flag")]
    [InlineData("Q2", "Q336\u0019TRACE", "36", "all audit records were retrieved")]
    public async Task Refusal_IsAValue(string command, string answer, string code, string meaning)
    {
        await using var peer = ScriptedPeer.Answering((header, _) => ScriptedPeer.Talk.Frame(header, answer));
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        Assert.Equal((code, meaning), await SendAsync(link, command));
    }

    [Theory]
    [InlineData("NC", "ND005D672700000000001500-0023\u0019")]
    [InlineData("NO", "NP0031641500-002300000\u0019TRACE")]
    [InlineData("NO", "NP003100641500-002300000\u0019TRACE")]
    [InlineData("NP", "NP0010000000000extra\u0019TRACE")]
    [InlineData("NP", "NP009")]
    [InlineData("J2", "J300" + Block + "0001933500")]
    [InlineData("J2", "J300" + Block + "9999999999" + "0000100000027000,0059999999999999")]
    [InlineData("J4", "J500" + Block + "0001933500")]
    [InlineData("J4", "J500" + Block + "0001933500" + "??999999999999NC000000000001NC000000000002\u0019T")]
    [InlineData("J8", "J900" + Block + "9999999999999999999999999999999999999999")]
    [InlineData("JK", "JL00" + "S0420000017A261123170500999900" + "9000000" + "\u001511")]
    [InlineData("JK", "JL00" + Health + "1010000" + "00102K2L\u001500")]
    [InlineData("N+", "NJ000000" + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" + "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("Q2", "Q300FFFFFFFF1704552311264F4EDFFF3030A1B2C3D4E5F607180F1E2D3C4B5A69788796A5B4C3D2E1F0")]
    public async Task OddButReadable_IsRead(string command, string answer)
    {
        await using var peer = ScriptedPeer.Answering((header, _) => ScriptedPeer.Talk.Frame(header, answer));
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        Assert.Equal("00", (await SendAsync(link, command)).Code);
    }

    [Fact]
    public async Task LongLmkComment_AndLargestCounters_KeepTheirValues()
    {
        var comment = new string('c', 1000);
        await using var peer = ScriptedPeer.Answering((header, request) => ScriptedPeer.Talk.Frame(header, request == "JK"
            ? "JL00" + Health + "1010000" + "00102K2L" + comment + "\u0014\u001500"
            : "J500" + Block + "9999999999" + "NC999999999999"));
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        Assert.Equal(comment, Assert.Single((await link.InstantHealthAsync(Token)).Value!.Lmks).Comment);
        var volumes = (await link.CommandVolumesAsync(Token)).Value!;
        Assert.Equal((9999999999, 999999999999), (volumes.Seconds, volumes.Volumes[0].Count));
    }

    private static async Task<(string Code, string Meaning)> SendAsync(HostLink link, string command) => command switch
    {
        "NC" => Plain(await link.DiagnosticsAsync(Token)),
        "NO" => Plain(await link.StatusAsync(Token)),
        "NP" => Plain(await link.ComplianceAsync(Token)),
        "NI" => Plain(await link.NetworkInformationAsync('1', statistics: false, Token)),
        "N+" => Plain(await link.NetworkInformationAsync('1', statistics: true, Token)),
        "J2" => Plain(await link.LoadingAsync(Token)),
        "J4" => Plain(await link.CommandVolumesAsync(Token)),
        "J8" => Plain(await link.HealthCountsAsync(Token)),
        "JK" => Plain(await link.InstantHealthAsync(Token)),
        "Q2" => Plain(await link.RetrieveAuditRecordAsync(Token)),
        _ => Plain(await link.EchoAsync(Encoding.ASCII.GetBytes("ping"), Token)),
    };

    private static (string, string) Plain<T>(HostAnswer<T> answer) => (answer.ErrorCode, answer.Meaning);
}
