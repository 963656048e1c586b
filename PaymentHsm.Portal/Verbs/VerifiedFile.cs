namespace PaymentHsm.Portal.Verbs;

/// <summary>Reads what a verifying verb was given. Exit codes of those verbs: 0 intact, 1 not, 2 cannot be read.</summary>
internal static class VerifiedFile
{
    /// <summary>The bytes of a file; null after saying why it cannot be read.</summary>
    public static async Task<byte[]?> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be read: {e.Message}");
            return null;
        }
    }
}
