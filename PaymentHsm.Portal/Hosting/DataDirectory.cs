namespace PaymentHsm.Portal.Hosting;

/// <summary>The folder of everything that the portal keeps on disk.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record DataDirectory(string Path)
{
    public string File(string name) => System.IO.Path.Combine(Path, name);
}
