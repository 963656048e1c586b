using PaymentHsm.Device.Redfish;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Enrolment;

/// <summary>Reads one device out of the site's records, or names the field that is wrong.</summary>
internal sealed class DeviceRecordReader(Func<string, TrustAnchors> readTrust)
{
    /// <summary>Reads a record.</summary>
    /// <exception cref="FormatException">The message is the name of the field that is missing or wrong.</exception>
    public DeviceEntry Read(JsonView record)
    {
        var serial = HsmSerial.TryParse(record.At("serial").Text, out var parsed) ? parsed : throw new FormatException("serial");
        var location = new Location(Text(record, "region"), Text(record, "stamp"), Text(record, "rack"), Number(record, "slot", 1, 100));
        var id = record.At("serviceUuid").Id ?? throw new FormatException("serviceUuid");
        var url = Https(record.At("oobUrl").Text, "oobUrl");
        var trust = Trust(record);
        var oob = new OobEndpoint(url, trust, Account(record, "monitor"), Account(record, "operator"), Account(record, "reclaim"), Account(record, "admin"));
        var host = new EnrolledHostPort(url.Host, Number(record, "hostPort", 1, 65535), OptionalPort(record, "hostTlsPort"), OptionalPort(record, "hostUdpPort"), trust);
        return new DeviceEntry(new EnrolledDevice(serial, location, Text(record, "model"), id), oob, host, Switch(record.At("switch"), trust));
    }

    private TrustAnchors Trust(JsonView record)
    {
        try
        {
            return readTrust(Text(record, "caFile"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException or FormatException or ArgumentException)
        {
            throw new FormatException("caFile", failure);
        }
    }

    private static RackSwitch? Switch(JsonView record, TrustAnchors trust)
    {
        if (!record.Exists)
        {
            return null;
        }

        var account = record.At("userName").Text is { } user && record.At("password").Text is { } password ? new AccountCredential(user, password) : null;
        return new RackSwitch(record.At("name").Text ?? throw new FormatException("switch.name"), Https(record.At("url").Text, "switch.url"), trust, account);
    }

    private static AccountCredential Account(JsonView record, string name)
    {
        var account = record.At("accounts", name);

        // The one that the unit was delivered with, and has again after each release, where the records tell it apart from the present one.
        var delivered = account.At("deliveredPassword").Exists ? account.At("deliveredPassword") : account.At("password");
        return account.At("userName").Text is { Length: > 0 } user && delivered.Text is { Length: > 0 } password
            ? new AccountCredential(user, password)
            : throw new FormatException($"accounts.{name}");
    }

    private static string Text(JsonView record, string name) => record.At(name).Text is { Length: > 0 } text ? text : throw new FormatException(name);

    private static int Number(JsonView record, string name, int least, int most) =>
        record.At(name).Integer is { } number && number >= least && number <= most ? (int)number : throw new FormatException(name);

    private static int? OptionalPort(JsonView record, string name) => record.At(name).Exists ? Number(record, name, 1, 65535) : null;

    private static Uri Https(string? text, string name) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 ? uri : throw new FormatException(name);
}
