using System.Security.Cryptography;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Portal.Hosting;

namespace PaymentHsm.Portal.Audit;

/// <summary>
/// The portal's evidence key: <c>evidence-key.pem</c> in the data directory, readable by this user alone, and <c>evidence-key.pub.pem</c> to give away.
/// Made at the first use; never replaced by the program.
/// </summary>
internal sealed class EvidenceKey : IEvidenceSigner, IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _turn = new();

    public EvidenceKey(DataDirectory data)
    {
        var path = data.File("evidence-key.pem");
        if (!File.Exists(path))
        {
            Make(path);
        }

        _key = ECDsa.Create();
        _key.ImportFromPem(File.ReadAllText(path));
        PublicKey = _key.ExportSubjectPublicKeyInfoPem() + "\n";
        KeyId = EvidenceKeys.IdOf(PublicKey) ?? throw new CryptographicException($"{path} holds no ECDSA P-256 key.");
        var shared = data.File("evidence-key.pub.pem");
        if (!File.Exists(shared) || File.ReadAllText(shared) != PublicKey)
        {
            File.WriteAllText(shared, PublicKey);
        }
    }

    public string KeyId { get; }

    public string PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> content)
    {
        lock (_turn)
        {
            return _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    public void Dispose() => _key.Dispose();

    private static void Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Whole or not at all: a half-written key would make every later start fail.
        using (var file = new StreamWriter(path + ".new", options))
        {
            file.Write(key.ExportPkcs8PrivateKeyPem());
        }

        File.Move(path + ".new", path, overwrite: false);
    }
}
