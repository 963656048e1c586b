using System.Collections.Concurrent;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>Q2, Q6, J2, J4 and NI tell what the port really did.</summary>
public sealed class HostPortAuditTests
{
    [Fact]
    public async Task Erasures_LeaveRecords_ThatQ2HandsOutAndQ6Deletes()
    {
        await using var port = await TestPort.StartAsync();
        port.Side.Authorised.Add("audit.host");
        await using var client = await port.ConnectAsync();
        Assert.Equal("HEADJ700", await client.AskAsync("HEADJ6"));
        Assert.StartsWith("HEADQ300" + "00000001" + "170500231126" + "4A36" + "1000" + "3030", await client.AskAsync("HEADQ2"), StringComparison.Ordinal);
        Assert.Equal("HEADQ336", await client.AskAsync("HEADQ2"));
        Assert.Equal("HEADQ7000001", await client.AskAsync("HEADQ60"));

        // Deleting is recorded too, so the log is not empty after it.
        Assert.Equal("HEADQ736", await client.AskAsync("HEADQ61"));
        Assert.Equal(2, port.Audit.Count);
    }

    /// <summary>A44.</summary>
    [Fact]
    public async Task TwoReaders_EachRecordOnce()
    {
        await using var port = await TestPort.StartAsync();
        const int Records = 500;
        for (var i = 0; i < Records; i++)
        {
            port.Audit.Add(AuditKind.UserAction, CommandCode.Parse("02"), ErrorCode.Success, port.Side.Now);
        }

        var counters = new ConcurrentBag<string>();
        await Task.WhenAll(ReadAllAsync(), ReadAllAsync());
        Assert.Equal(Records, counters.Distinct().Count());
        Assert.Equal(Records, counters.Count);

        async Task ReadAllAsync()
        {
            await using var client = await port.ConnectAsync();
            while (await client.AskAsync("HEADQ2") is { Length: > 8 } answer)
            {
                counters.Add(answer[8..16]);
            }
        }
    }

    [Fact]
    public async Task Utilisation_MovesWithWhatWasServed_AndJ6BeginsAnew()
    {
        await using var port = await TestPort.StartAsync();
        await using var client = await port.ConnectAsync();
        await client.AskAsync("HEADB20001x");
        await client.AskAsync("HEADB20001x");
        await client.AskAsync("HEADNOzz");
        await client.AskAsync("HEADX9");
        Assert.Equal("HEADJ500S0420000017A261101080000261123170500261123170500" + "0001933500" + "B2000000000002" + "NO000000000001", await client.AskAsync("HEADJ4"));
        port.Side.Now = port.Side.Now.AddSeconds(1);
        Assert.StartsWith("HEADJ300S0420000017A261101080000261123170501261123170501" + "0001933501" + "0000100001933501;0100200000000000;", await client.AskAsync("HEADJ2"), StringComparison.Ordinal);
        await client.AskAsync("HEADJ6");
        Assert.Equal("HEADJ500S0420000017A261123170501261123170501261123170501" + "0000000000" + "J6000000000001", await client.AskAsync("HEADJ4"));
    }

    [Fact]
    public async Task NetworkInformation_ListsTheOpenConnections()
    {
        await using var port = await TestPort.StartAsync();
        await using var client = await port.ConnectAsync();
        await using var other = await port.ConnectAsync();
        await other.AskAsync("HEADB20000");
        var answer = await client.AskAsync("HEADNI11");
        Assert.Equal(12 + (2 * 26) + 104, answer.Length);
        Assert.StartsWith("HEADNJ000002", answer, StringComparison.Ordinal);
        Assert.Contains($"0{port.Server.HostPort:X4}7F000001{((System.Net.IPEndPoint)client.Socket.LocalEndPoint!).Port:X4}000000000", answer, StringComparison.Ordinal);

        // 8 bytes of an answer sent, 12 + 10 bytes of requests received.
        Assert.Contains("000000000000000A0000000000000016", answer, StringComparison.Ordinal);
        Assert.Equal("HEADNJ000000", await client.AskAsync("HEADNI20"));
    }
}
