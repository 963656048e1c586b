using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>Authorities for a Reclaim, got the only way there is: two engineers sign, the approval is armed and consumed.</summary>
internal static class TestAuthority
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 17, 0, 0, TimeSpan.Zero);
    private static readonly ApprovalOptions Options = new();
    private static readonly string[] Engineers = ["engineer1", "engineer2"];

    public static ReclaimAuthority For(HsmSerial serial, string allocation, Guid operation)
    {
        var binding = new ApprovalBinding(
            serial, "service", null, null, allocation, "T-1", 1, null, ReclaimAuthority.Action,
            new Dictionary<string, string> { [ReclaimAuthority.OperationParameter] = operation.ToString() }, null, new Dictionary<string, string>(), "all content is erased");
        var asked = Done(ApprovalRequest.Draft("APR-0117", "support1", [], binding).Submit(3, Options, Now));
        var signed = Engineers.Aggregate(asked, (request, person) => Done(request.Decide(
            new Decision(new Actor(person, Role.Engineering), Now, DecisionKind.Approve, request.Digest, serial.ToString(), Now, "read and agreed"), Options)));
        var consumed = Done(Done(signed.Arm(binding, Options, Now)).Consume(binding, Now));
        var device = new DeviceRecord(serial, HsmState.Reclaiming, CustodyState.ComingBack, AdminAccess.Disabled, Sanitisation.Dirty, Now, 7, allocation);
        return Done(ReclaimAuthority.Mint(consumed, operation, device, Options));
    }

    private static T Done<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Done>(outcome).Value;
}
