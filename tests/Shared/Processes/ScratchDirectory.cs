namespace PaymentHsm.Tests.Processes;

/// <summary>A folder of the test's own, removed with it.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("paymenthsm-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A dying process may still hold a file; the system clears temporary folders.
        }
    }
}
