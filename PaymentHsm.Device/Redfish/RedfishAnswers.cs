using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>What an HTTP answer means for a read (OOB-PROFILE 10, 11). Pure.</summary>
internal static class RedfishAnswers
{
    /// <summary>The JSON document of a 200.</summary>
    /// <exception cref="RedfishException">Any other answer.</exception>
    public static JsonView Document(RedfishAnswer answer, Uri uri)
    {
        if (answer.Status != 200)
        {
            throw Fault(answer, uri);
        }

        return answer.BodyProblem is null
            ? answer.Body
            : throw new RedfishException(LinkFault.Protocol, $"{uri.AbsolutePath} answered 200 with {answer.BodyProblem}.") { GetRetries = answer.BodyRetries, Status = 200 };
    }

    /// <summary>The fault that an answer other than the wanted one stands for.</summary>
    public static RedfishException Fault(RedfishAnswer answer, Uri uri)
    {
        var fault = answer.Status switch
        {
            401 or 403 => LinkFault.AuthFailed,
            404 or 405 or 501 => LinkFault.Unsupported,
            429 or 503 => LinkFault.Busy,
            >= 500 => LinkFault.NoAnswer,
            _ => LinkFault.Protocol,
        };
        var words = answer.Status is >= 300 and < 400 ? $"{answer.Status}, a redirect; not followed" : answer.InWords;
        return new RedfishException(fault, $"{uri.AbsolutePath} answered {words}.") { RetryAfter = answer.RetryAfter, Status = answer.Status };
    }
}
