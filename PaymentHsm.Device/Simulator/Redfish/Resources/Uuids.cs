using System.Security.Cryptography;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>Identities derived from the one that is stored.</summary>
internal static class Uuids
{
    /// <summary>UUID of the HSM.</summary>
    public static Guid System(Guid service) => Derive(service, 1);

    /// <summary>UUID of the manager resource.</summary>
    public static Guid Manager(Guid service) => Derive(service, 2);

    /// <summary>A locally administered address.</summary>
    public static string MacAddress(int device, int port) =>
        string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $"02:00:5E:{device >> 8 & 0xff:X2}:{device & 0xff:X2}:{port + 1:X2}");

    private static Guid Derive(Guid service, byte part)
    {
        Span<byte> input = stackalloc byte[17];
        service.TryWriteBytes(input, bigEndian: true, out _);
        input[16] = part;
        var hash = SHA256.HashData(input);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
