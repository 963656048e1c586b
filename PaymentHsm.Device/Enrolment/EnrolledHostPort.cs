namespace PaymentHsm.Device.Enrolment;

/// <summary>Where a device's host port listens. TLS and UDP ports are null where the site's records name none.</summary>
internal sealed record EnrolledHostPort(string Host, int Port, int? TlsPort, int? UdpPort, TrustAnchors Trust);
