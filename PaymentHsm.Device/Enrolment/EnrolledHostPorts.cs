using PaymentHsm.Device.HostCommands;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Enrolment;

/// <summary>The host ports of the enrolled devices, as the host-command driver asks for them.</summary>
internal sealed class EnrolledHostPorts(DeviceDirectory directory) : IHostEndpoints
{
    public HostEndpoint Find(HsmSerial serial)
    {
        var enrolled = directory.Find(serial);
        return new HostEndpoint(enrolled.Host, enrolled.Port);
    }
}
