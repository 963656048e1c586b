using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Domain.Tests.Audit;

public sealed class CanonicalJsonTests
{
    private static readonly string[] List = ["b", "a"];

    [Fact]
    public void Encode_AllKindsOfValues_GivesTheDocumentedBytes()
    {
        var bytes = CanonicalJson.Encode(new Dictionary<string, object?>
        {
            ["z"] = "last",
            ["Z"] = "ordinal: capitals first",
            ["gone"] = null,
            ["n"] = -12L,
            ["yes"] = true,
            ["at"] = new DateTimeOffset(2026, 11, 23, 16, 3, 22, TimeSpan.FromHours(2)).AddTicks(1234567),
            ["id"] = Guid.Parse("2F6A4B1E-8B2D-4A86-9F5E-6F1B2C3D4E5F"),
            ["list"] = List,
            ["map"] = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" },
            ["text"] = "\"\\/\b\f\n\r\t\u0001\u007fé€😀<&>\u2028",
            ["half"] = "\ud83d!",
        });

        Assert.Equal(
            """{"Z":"ordinal: capitals first","at":"2026-11-23T14:03:22.123456Z","half":"\ud83d!","id":"2f6a4b1e-8b2d-4a86-9f5e-6f1b2c3d4e5f","list":["b","a"],"map":{"a":"1","b":"2"},"n":-12,"text":"\"\\/\b\f\n\r\t\u0001"""
            + "\u007fé€😀<&>\u2028\",\"yes\":true,\"z\":\"last\"}",
            Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void Encode_ValueWithoutACanonicalForm_Throws()
    {
        Assert.Throws<ArgumentException>(() => CanonicalJson.Encode([new("x", 1.5)]));
        Assert.Throws<ArgumentException>(() => CanonicalJson.Encode([new("x", "1"), new("x", "2")]));
    }

    [Property]
    public bool Encode_AnyString_ReadsBackAsItWas(string text) =>
        text is null || Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) != text // unpaired surrogates cannot be read back; the test above has one
        || JsonDocument.Parse(CanonicalJson.Encode([new("x", text)])).RootElement.GetProperty("x").GetString() == text;

    [Property]
    public bool Encode_AnyOrderOfMembers_GivesTheSameBytes(Dictionary<string, int> members)
    {
        var pairs = members.Select(m => KeyValuePair.Create(m.Key, (object?)m.Value)).ToList();

        return CanonicalJson.Encode(pairs).AsSpan().SequenceEqual(CanonicalJson.Encode(Enumerable.Reverse(pairs)));
    }
}
