using PaymentHsm.Device.Simulator.HostPort;
using PaymentHsm.Device.Tests.HostCommands;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>BAD-INPUTS A, the rows about the content of a request: each gets its answer, and the connection goes on.</summary>
public sealed class HostPortRequestTests
{
    [Theory]
    [InlineData("HEADX9", "HEADX:68", "A9, A13: unknown code, second character 9")]
    [InlineData("HEADQZ", "HEADQ[68", "A9, A13: unknown code, second character Z")]
    [InlineData("HEADnc", "HEADnd68", "A11: lower case")]
    [InlineData("ABCDEFGHNC", "ABCDEG68", "A8: header longer than configured")]
    [InlineData("\x02HEADNC\x03", "\x02HEADO68", "A29: STX and ETX shift the code")]
    [InlineData("\x00\x19\x15\x01NC", "\x00\x19\x15\x01ND005D672700000000001500-0023", "A14: any header is echoed")]
    [InlineData("\xC3\xA4\xC3\xB6NC", "\xC3\xA4\xC3\xB6ND005D672700000000001500-0023", "A15: bytes are bytes")]
    [InlineData("HEADNCXYZ", "HEADND15", "A16: junk after the command")]
    [InlineData("HEADNC\x19", "HEADND005D672700000000001500-0023\x19", "A17: empty trailer")]
    [InlineData("HEADNC\x19" + "12345678901234567890123456789012", "HEADND005D672700000000001500-0023\x19" + "12345678901234567890123456789012", "A17: 32 characters")]
    [InlineData("HEADNC\x19" + "123456789012345678901234567890123", "HEADND15", "A17: 33 characters")]
    [InlineData("HEADNC\x19" + "A\x19" + "B", "HEADND005D672700000000001500-0023\x19" + "A\x19" + "B", "A18: the mark inside a trailer")]
    [InlineData("HEADNO", "HEADNP15", "A19: no mode")]
    [InlineData("HEADNO7", "HEADNP15", "A19: half a mode")]
    [InlineData("HEADNO99", "HEADNP15", "A19: unknown mode")]
    [InlineData("HEADNOzz", "HEADNP15", "A19: no hexadecimal mode")]
    [InlineData("HEADNO7\x19T1", "HEADNP15\x19T1", "a refusal echoes the trailer")]
    [InlineData("HEADNI91", "HEADNJ81", "A20: bad interface")]
    [InlineData("HEADNI1x", "HEADNJ82", "A20: bad flag")]
    [InlineData("HEADNI", "HEADNJ15", "A20: nothing")]
    [InlineData("HEADNI1", "HEADNJ15", "A20: no flag")]
    [InlineData("HEADB200G4ping", "HEADB315", "A21: not hexadecimal")]
    [InlineData("HEADB2000aabcdefghij", "HEADB315", "A21: lower-case hexadecimal")]
    [InlineData("HEADB20010ping", "HEADB380", "A22: more announced than sent")]
    [InlineData("HEADB20003ping", "HEADB315", "A22: less announced than sent")]
    [InlineData("HEADB20004\x19\x00\xFF\x14", "HEADB300\x19\x00\xFF\x14", "A23: binary data")]
    [InlineData("HEADB20004\x19\x00\xFF\x14\x19T", "HEADB300\x19\x00\xFF\x14\x19T", "A23: the trailer comes after the data")]
    [InlineData("HEADB20000", "HEADB300", "A23: no data")]
    [InlineData("HEADN0000", "HEADN101", "A25")]
    [InlineData("HEADN0257", "HEADN101", "A25")]
    [InlineData("HEADN0999", "HEADN101", "A25")]
    [InlineData("HEADN08", "HEADN115", "A25")]
    [InlineData("HEADN000a", "HEADN115", "A25")]
    [InlineData("HEADN0003", "HEADN100\x00\x01\x02", "random bytes are sent as they are")]
    [InlineData("HEADNC%99", "HEADND13", "A26: LMK not loaded")]
    [InlineData("HEADNC%0A", "HEADND13", "A26: LMK not decimal")]
    [InlineData("HEADNC%01", "HEADND005D672700000000001500-0023", "a loaded LMK may be named")]
    [InlineData("HEADNC%01\x19T", "HEADND005D672700000000001500-0023\x19T", "selector, then trailer")]
    [InlineData("HEADJK!", "HEADJL15", "A16 for JK")]
    [InlineData("HEADQ62", "HEADQ715", "bad mode of Q6")]
    [InlineData("HEADQ60", "HEADQ717", "A45: not authorised")]
    [InlineData("HEADQ2", "HEADQ335", "no audit record yet")]
    public async Task Request_GetsItsAnswer_AndTheConnectionGoesOn(string body, string answer, string row)
    {
        await using var port = await TestPort.StartAsync();
        await using (var client = await port.ConnectAsync())
        {
            Assert.Equal((row, answer), (row, await client.AskAsync(body)));
            Assert.Equal("HEADB300ping", await client.AskAsync("HEADB20004ping"));
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    /// <summary>A10.</summary>
    [Fact]
    public async Task DisabledCommand_Answers68()
    {
        await using var port = await TestPort.StartAsync();
        port.Side.Disabled.Add("NO");
        await using var client = await port.ConnectAsync();
        Assert.Equal("HEADNP68", await client.AskAsync("HEADNO00"));
        Assert.Equal("HEADJB68", await client.AskAsync("HEADJA1234567890128;05"));
        Assert.Equal("HEADNC"[..4] + "ND005D672700000000001500-0023", await client.AskAsync("HEADNC"));
    }

    /// <summary>A9, the other variants.</summary>
    [Fact]
    public async Task UnknownCommand_Variants()
    {
        await using var port = await TestPort.StartAsync(behaviour: new HostPortBehaviour { UnknownCommand = HostPortReaction.RefuseUnlicensed });
        await using (var client = await port.ConnectAsync())
        {
            Assert.Equal("HEADX:67", await client.AskAsync("HEADX9"));
            port.Server.Behaviour = new HostPortBehaviour { UnknownCommand = HostPortReaction.Ignore };
            await client.SendTextAsync("HEADX9");
            Assert.Equal("HEADB300", await client.AskAsync("HEADB20000"));
            port.Server.Behaviour = new HostPortBehaviour { UnknownCommand = HostPortReaction.Close };
            await client.SendTextAsync("HEADX9");
            Assert.True(await client.IsClosedAsync());
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    /// <summary>A16, the other variant.</summary>
    [Fact]
    public async Task Junk_OverlookedByTheOtherVariant_TrailerStillEchoed()
    {
        await using var port = await TestPort.StartAsync(behaviour: new HostPortBehaviour { OverlooksJunk = true });
        await using var client = await port.ConnectAsync();
        Assert.Equal("HEADND005D672700000000001500-0023\x19T", await client.AskAsync("HEADNCXYZ\x19T"));
    }

    /// <summary>A24; above the buffer: A27.</summary>
    [Theory]
    [InlineData(2048)]
    [InlineData(16 * 1024)]
    [InlineData((32 * 1024) - 10)]
    public async Task Echo_UpToTheIoBuffer_ComesBackExactly(int length)
    {
        await using var port = await TestPort.StartAsync();
        await using (var client = await port.ConnectAsync())
        {
            var data = new byte[length];
            new Random(length).NextBytes(data);
            await client.SendBodyAsync([.. "HEADB2"u8, .. System.Text.Encoding.ASCII.GetBytes(length.ToString("X4", null)), .. data]);
            var answer = await client.ReceiveAsync();
            Assert.Equal([.. "HEADB300"u8, .. data], answer);
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task ReferenceFrames_AnsweredToTheByte()
    {
        await using var port = await TestPort.StartAsync();
        await using var client = await port.ConnectAsync();
        await client.SendAsync("0006484541444a4b");
        Assert.Equal(
            "HEADJL00S0420000017A2611231705002112001" + "020100" + "00102K2LContoso live\x14" + "01000V0TBench test LMK\x14\x15" + "00",
            await client.ReceiveTextAsync());
        port.Side.Lmks = [];
        port.Side.Tamper = new SimulatedTamper(7, new DateTimeOffset(2026, 11, 22, 3, 14, 15, TimeSpan.Zero));
        Assert.Equal("HEADJL00S0420000017A26112317050021120020726112203141500000" + "0\x15" + "00", await client.AskAsync("HEADJK"));
        Assert.Equal("HEADND13", await client.AskAsync("HEADNC"));
        await client.SendAsync("0008484541444e4f3030");
        Assert.Equal(Wire.Body(Wire.Hex("001c484541444e503030333130303634313530302d303032333030303030")), await client.ReceiveAsync());
        Assert.Equal("HEADNP0010000000000", await client.AskAsync("HEADNO01"));
        Assert.Equal("HEADJ900S0420000017A261101080000261123170500261123170500" + "0000000007" + "0000000000" + "0000000" + "00000" + "00000000", await client.AskAsync("HEADJ8"));
        Assert.Equal("HEADJJ00", await client.AskAsync("HEADJI"));
        Assert.Equal(0, port.Side.Reboots);
    }

    [Fact]
    public async Task NarrowSocketCount_BeforeRelease18a()
    {
        await using var port = await TestPort.StartAsync(side: new TestHostSide { HasWideSocketCount = false });
        await using var client = await port.ConnectAsync();
        Assert.Equal("HEADNP0031641500-002300000", await client.AskAsync("HEADNO00"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    public async Task HeaderLength_IsConfigurable(int length)
    {
        await using var port = await TestPort.StartAsync(new HostPortOptions { HeaderLength = length });
        await using var client = await port.ConnectAsync();
        var header = new string('h', length);
        Assert.Equal(header + "B300x", await client.AskAsync(header + "B20001x"));
    }
}
