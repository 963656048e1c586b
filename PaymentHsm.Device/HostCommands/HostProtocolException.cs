using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// A frame or a message breaks the host-command protocol. The only exception the codecs throw for what arrives from outside.
/// Its text names the field and never repeats the data.
/// </summary>
/// <param name="message">What is wrong, without the data.</param>
/// <param name="answer">What a payShield answers to such a request (HOST-COMMANDS 2); 15 unless the command says otherwise.</param>
internal sealed class HostProtocolException(string message, ErrorCode? answer = null) : LinkException(LinkFault.Protocol, message)
{
    /// <summary>The error code with which a device refuses a request like this.</summary>
    public ErrorCode Answer { get; } = answer ?? ErrorCode.BadInput;
}
