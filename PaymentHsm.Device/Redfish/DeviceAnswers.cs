using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>What the answer to an action means whose proof is a later read. Pure.</summary>
internal static class DeviceAnswers
{
    /// <summary>Yes or no, as the device said it.</summary>
    /// <exception cref="RedfishException">The answer is neither: the effect is unknown, or the device is busy.</exception>
    public static DeviceAnswer Of(RedfishAnswer answer, Uri place) => answer switch
    {
        { IsSuccess: true, BodyProblem: null } => new DeviceAnswer(true, $"Accepted ({answer.Status})."),
        { IsSuccess: true } => throw new RedfishException(LinkFault.NoAnswer, $"{place.AbsolutePath} was answered {answer.Status} with {answer.BodyProblem}; its effect is unknown."),
        { Status: >= 400 and < 500 and not (401 or 429) } => new DeviceAnswer(false, $"Refused ({answer.InWords})."),
        _ => throw RedfishAnswers.Fault(answer, place),
    };
}
