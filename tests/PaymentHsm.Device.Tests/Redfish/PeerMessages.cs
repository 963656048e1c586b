using System.Globalization;
using System.Text;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>A request as the scripted peer read it.</summary>
internal sealed record PeerRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Target.Split('?')[0];

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>What the peer does with a request: writes, and says whether the connection lives on.</summary>
internal sealed record PeerReply(Func<Stream, CancellationToken, Task<bool>> Write)
{
    public static PeerReply Json(string body, int status = 200, params string[] headers) => Raw(status, body, ["Content-Type: application/json", .. headers]);

    public static PeerReply Error(int status, string key, params string[] headers) =>
        Json($$"""{"error":{"code":"Base.1.19.{{key}}","message":"no","@Message.ExtendedInfo":[{"MessageId":"Base.1.19.{{key}}"}]} }""", status, headers);

    public static PeerReply Raw(int status, string body, IEnumerable<string> headers, int? declared = null) => new(async (stream, stop) =>
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\nOData-Version: 4.0\r\nContent-Length: {declared ?? bytes.Length}\r\n"));
        foreach (var header in headers)
        {
            head.Append(header).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), stop);
        await stream.WriteAsync(bytes, stop);
        return declared is null;
    });

    /// <summary>Closes instead of answering.</summary>
    public static PeerReply Close() => new((_, _) => Task.FromResult(false));

    /// <summary>Never answers, until the client leaves.</summary>
    public static PeerReply Hang() => new(async (stream, stop) => await stream.ReadAsync(new byte[1], stop) < 0);

    /// <summary>Sends headers and then a byte now and then, never all of them.</summary>
    public static PeerReply Drip() => new(async (stream, stop) =>
    {
        await stream.WriteAsync("HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"u8.ToArray(), stop);
        var left = stream.ReadAsync(new byte[1], stop).AsTask();
        using var slow = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!left.IsCompleted && await slow.WaitForNextTickAsync(stop))
        {
            await stream.WriteAsync(" "u8.ToArray(), stop);
        }

        return false;
    });

    /// <summary>Sends headers and then stalls.</summary>
    public static PeerReply HangAfterHeaders() => new(async (stream, stop) =>
    {
        await stream.WriteAsync("HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"u8.ToArray(), stop);
        return await stream.ReadAsync(new byte[1], stop) < 0;
    });
}
