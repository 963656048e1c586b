using System.Security.Cryptography;
using System.Text;

namespace PaymentHsm.Domain.Operations;

/// <summary>
/// Ids of the acts inside one operation. A device remembers every id with the act that it was for, so acts of different kinds need different ids; a repeat of
/// the same act, by whoever goes on with it, has the same one (R68).
/// </summary>
public static class DerivedId
{
    /// <summary>The id of an act of an operation.</summary>
    public static Guid Of(Guid operation, string act) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{operation:N}\n{act}")).AsSpan(0, 16));

    /// <summary>The id of an act that hangs on something else than an operation.</summary>
    public static Guid Of(string subject, string act) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{subject}\n{act}")).AsSpan(0, 16));
}
