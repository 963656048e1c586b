using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;
using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

public sealed class HostAuditLogTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 17, 4, 55, TimeSpan.Zero);

    [Fact]
    public void Empty_Says35_AllRetrieved_Says36()
    {
        var log = new HostAuditLog(_ => { });
        Assert.Equal(ErrorCode.NoAuditRecords, log.TakeNext().Error);
        Assert.Equal(ErrorCode.NoAuditRecords, log.Delete(archived: false).Error);
        log.Add(AuditKind.UserAction, CommandCode.Parse("88"), ErrorCode.Success, Now);
        Assert.Equal(ErrorCode.NothingMatches, log.Delete(archived: false).Error);
        var record = log.TakeNext().Record!;
        Assert.Equal((1U, AuditKind.UserAction, true, Now), (record.Counter, record.Kind, record.IsRetrieved, record.At));
        Assert.Equal(ErrorCode.NothingMatches, log.TakeNext().Error);
        Assert.Equal((ErrorCode.Success, 1), log.Delete(archived: false));
        Assert.Equal(0, log.Count);
    }

    [Fact]
    public void Full_OldestMakesRoom_CounterGoesOn()
    {
        var log = new HostAuditLog(_ => { });
        for (var i = 0; i < HostAuditLog.Capacity + 5; i++)
        {
            log.Add(AuditKind.Host, CommandCode.Parse("J6"), ErrorCode.Success, Now);
        }

        Assert.Equal(HostAuditLog.Capacity, log.Count);
        Assert.Equal(6U, log.TakeNext().Record!.Counter);
        log.Clear();
        log.Add(AuditKind.Host, CommandCode.Parse("J6"), ErrorCode.Success, Now);
        Assert.Equal(1U, log.TakeNext().Record!.Counter);
    }

    [Fact]
    public void Mac_DependsOnRecordAndKey_NotOnTheFlag()
    {
        byte fill = 1;
        var log = new HostAuditLog(span => span.Fill(fill));
        log.Add(AuditKind.Host, CommandCode.Parse("J6"), ErrorCode.Success, Now);
        fill = 2;
        log.Add(AuditKind.Host, CommandCode.Parse("J6"), ErrorCode.Success, Now);
        Assert.NotEqual(log.TakeNext().Record!.Mac, log.TakeNext().Record!.Mac);
    }
}
