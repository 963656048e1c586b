using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>Q2 and Q6 of the simulated unit.</summary>
internal static class AuditCommands
{
    private const string DeletingActivity = "audit.host";

    public static ErrorCode Retrieve(HostPortContext context, scoped ref HostExchange exchange)
    {
        exchange.EndOfRequest(context.Side);
        var (error, record) = context.Audit.TakeNext();
        return record is null ? error : exchange.Answer(new RetrieveAuditRecordAnswer(record));
    }

    public static ErrorCode Delete(HostPortContext context, scoped ref HostExchange exchange)
    {
        var request = DeleteAuditRecordsRequest.Decode(ref exchange.Data);
        exchange.EndOfRequest(context.Side);
        if (!context.Side.IsAuthorised(DeletingActivity))
        {
            return ErrorCode.NotAuthorised;
        }

        var (error, deleted) = context.Audit.Delete(request.ArchivedOnly);
        return error == ErrorCode.Success ? exchange.Answer(new DeleteAuditRecordsAnswer(deleted)) : error;
    }
}
