using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>The login itself was refused (401, 403): the only answer that proves a closed account.</summary>
internal sealed class LoginRefusedException(string message) : RedfishException(LinkFault.AuthFailed, message);
