using System.Security.Cryptography;
using PaymentHsm.Portal.Hosting;

namespace PaymentHsm.Portal.Tickets;

/// <summary>
/// The bytes of documents, each under its hash in <c>documents</c> of the data directory. A file is written aside, flushed to the disk and then renamed, so
/// that a name that is a hash always stands for the whole content; what a crash left aside is removed at the next start.
/// </summary>
internal sealed class DocumentFiles
{
    private const int Chunk = 81_920;

    private readonly string _root;
    private readonly string _aside;

    public DocumentFiles(DataDirectory data)
    {
        _root = data.File("documents");
        _aside = Path.Combine(_root, "incoming");
        if (Directory.Exists(_aside))
        {
            Directory.Delete(_aside, recursive: true);
        }

        Directory.CreateDirectory(_aside);
    }

    /// <summary>Takes in a content of at most <paramref name="most"/> bytes; <paramref name="accept"/> sees its first bytes and may refuse it.</summary>
    public async Task<StoredContent> AddAsync(Stream content, long most, Func<ReadOnlyMemory<byte>, string?> accept, CancellationToken cancellationToken)
    {
        var aside = Path.Combine(_aside, Path.GetRandomFileName());
        try
        {
            var stored = await CopyAsync(content, aside, most, accept, cancellationToken);
            if (stored is StoredContent.Kept kept)
            {
                var place = Place(kept.Sha256);
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.Move(aside, place, overwrite: true);
            }

            return stored;
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <summary>Opens a content for reading; null when it is not there or its length is another.</summary>
    public Stream? Open(string sha256, long size)
    {
        var file = new FileInfo(Place(sha256));
        return file.Exists && file.Length == size ? file.OpenRead() : null;
    }

    private static async Task<StoredContent> CopyAsync(Stream content, string aside, long most, Func<ReadOnlyMemory<byte>, string?> accept, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Chunk];
        long size = 0;
        await using var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var read)
        {
            if (size == 0 && accept(buffer.AsMemory(0, read)) is { } why)
            {
                return new StoredContent.Unacceptable(why);
            }

            size += read;
            if (size > most)
            {
                return new StoredContent.TooLarge();
            }

            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        if (size == 0)
        {
            return new StoredContent.Empty();
        }

        file.Flush(flushToDisk: true);
        return new StoredContent.Kept(Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    private string Place(string sha256) => Path.Combine(_root, sha256[..2], sha256);
}

/// <summary>What became of a content.</summary>
internal abstract record StoredContent
{
    private StoredContent()
    {
    }

    /// <summary>It is on the disk, whole, under its hash.</summary>
    public sealed record Kept(string Sha256, long Size) : StoredContent;

    public sealed record Empty : StoredContent;

    public sealed record TooLarge : StoredContent;

    public sealed record Unacceptable(string Why) : StoredContent;
}
