using PaymentHsm.Device.HostCommands;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Enrolment;

/// <summary>The host ports of the enrolled devices, as the host-command driver asks for them.</summary>
internal sealed class EnrolledHostEndpoints(DeviceDirectory directory) : IHostEndpoints
{
    public HostCommands.HostEndpoint Find(HsmSerial serial)
    {
        var enrolled = directory.Find(serial);
        return new HostCommands.HostEndpoint(enrolled.Host, enrolled.Port);
    }
}
