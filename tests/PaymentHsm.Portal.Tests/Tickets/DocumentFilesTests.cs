using System.Text;
using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Tickets;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Tickets;

public sealed class DocumentFilesTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_AnswersOnlyWithAWholeContentUnderItsHash()
    {
        var files = new DocumentFiles(new DataDirectory(_scratch.Path));
        var kept = Assert.IsType<StoredContent.Kept>(await files.AddAsync(new MemoryStream("abc"u8.ToArray()), 3, _ => null, Stop));

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", kept.Sha256);
        using var read = new StreamReader(files.Open(kept.Sha256, 3)!, Encoding.ASCII);
        Assert.Equal("abc", await read.ReadToEndAsync(Stop));
        Assert.Null(files.Open(kept.Sha256, 4));
        Assert.Equal([Path.Combine("ba", kept.Sha256)], Left());
    }

    [Fact]
    public async Task Add_BrokenOffInTheMiddle_LeavesNothing()
    {
        var files = new DocumentFiles(new DataDirectory(_scratch.Path));
        await Assert.ThrowsAsync<IOException>(() => files.AddAsync(new BrokenStream(), 1_000_000, _ => null, Stop));
        Assert.IsType<StoredContent.TooLarge>(await files.AddAsync(new MemoryStream(new byte[11]), 10, _ => null, Stop));
        Assert.IsType<StoredContent.Empty>(await files.AddAsync(Stream.Null, 10, _ => null, Stop));
        Assert.Empty(Left());
    }

    [Fact]
    public void Start_AfterACrash_RemovesWhatWasHalfWritten()
    {
        var aside = Directory.CreateDirectory(Path.Combine(_scratch.Path, "documents", "incoming"));
        File.WriteAllText(Path.Combine(aside.FullName, "half"), "ab");
        _ = new DocumentFiles(new DataDirectory(_scratch.Path));
        Assert.Empty(Left());
    }

    public void Dispose() => _scratch.Dispose();

    private IEnumerable<string> Left()
    {
        var root = Path.Combine(_scratch.Path, "documents");
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f));
    }

    private sealed class BrokenStream : MemoryStream
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _reads++ == 0 ? ValueTask.FromResult(10) : throw new IOException("The connection broke.");
    }
}
