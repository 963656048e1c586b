using System.Security.Authentication;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Turns what the HTTP stack throws into one link fault. What decides is whether a byte of the request had been written.</summary>
internal static class WireFault
{
    public static RedfishException Of(Exception failure, bool written, TimeSpan after)
    {
        if (!written && Trust(failure) is { } trust)
        {
            return new RedfishException(LinkFault.TrustFailed, $"TLS trust failed: {Words.Short(trust.Message)}", failure);
        }

        if (!written)
        {
            return new RedfishException(
                LinkFault.Unreachable,
                IsTimeout(failure) ? $"No connection within {Words.Seconds(after)}; nothing was sent." : $"No connection ({Words.Short(failure.GetBaseException().Message)}); nothing was sent.",
                failure);
        }

        if (failure is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded })
        {
            return new RedfishException(LinkFault.Protocol, $"The answer is not proper HTTP ({Words.Short(failure.Message)}).", failure);
        }

        return new RedfishException(
            LinkFault.NoAnswer,
            IsTimeout(failure) ? $"No whole answer within {Words.Seconds(after)}." : "The connection broke before a whole answer came.",
            failure);
    }

    private static bool IsTimeout(Exception failure) => failure is OperationCanceledException || failure.GetBaseException() is TimeoutException;

    private static AuthenticationException? Trust(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is AuthenticationException trust)
            {
                return trust;
            }
        }

        return null;
    }
}
