using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using PaymentHsm.Device.Enrolment;
using PaymentHsm.Device.Redfish;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>
/// Fuzzing with kept seeds: a controller whose every answer may be spoilt in places, cut, or replaced by anything. A poll of it ends as a poll, with every
/// reading there and each either valued or explained; a single exchange ends as an answer or as a classified fault.
/// </summary>
public sealed class JsonFuzzTests
{
    private static readonly string[] Tokens =
        ["null", "true", "-1", "1e999", "\"\"", "\"\\ud800\"", "[]", "{}", "[[[[[[", "{\"@odata.id\":\"//evil.invalid/\"}", "\"9999-99-99T99:99:99Z\"", "18446744073709551616", "\"\\u0000\"", ",", "}", "\u00e9"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(20261124)]
    [InlineData(0x5EED)]
    [InlineData(-7)]
    public async Task Poll_OfSpoiltDocuments_EndsAsAPollWithEveryReading(int seed)
    {
        for (var i = 0; i < 25; i++)
        {
            using var controller = new SpoiltController(unchecked(seed + (i * 7919)));
            using var link = controller.Link();

            var poll = await link.PollAsync(Stop);

            Assert.Equal(ReadingName.ThroughOob.Append(ReadingName.Oob).Append(ReadingName.Upstream).Order(StringComparer.Ordinal), poll.Samples.Select(s => s.Name).Order(StringComparer.Ordinal));
            Assert.All(poll.Samples, sample => Assert.True(sample.Value != ReadingValue.None || sample.Problem is not null, $"{sample.Name} is neither valued nor explained (seed {seed}, run {i})"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261124)]
    public async Task Exchange_OfAnyBytes_IsAnAnswerOrAClassifiedFault(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            using var pool = new HttpMessageInvoker(new Fixed(() => Answer(random, random.Next(2) == 0 ? bytes : Spoil(random, DeviceDocuments.Healthy()[DeviceDocuments.System]))));
            var wire = new RedfishWire(pool, new RedfishLimits(), new StepTime());
            var uri = new Uri("https://127.0.0.1:1/redfish/v1/");
            var answer = await wire.ExchangeAsync(new RedfishRequest(HttpMethod.Get, uri, TimeSpan.FromSeconds(10)), null, Stop);

            // Whole or of no use; looking for members in it is safe either way.
            Assert.True(answer.Body.IsObject || !answer.Body.Exists);
            Assert.True(answer.Body.IsObject || answer.BodyProblem is not null || answer.Status != 200 || bytes.Length == 0);
            _ = (answer.Body.At("Status", "Health").Text, answer.Body.At("Members").Items.Count(), answer.Body.At("Links", "Chassis").Link, answer.Body.At("UUID").Id, answer.Body.At("LastResetTime").Time);
        }
    }

    private static HttpResponseMessage Answer(Random random, byte[] body)
    {
        var answer = new HttpResponseMessage(random.Next(8) == 0 ? (HttpStatusCode)random.Next(200, 600) : HttpStatusCode.OK) { Content = new ByteArrayContent(body) };
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue(random.Next(20) == 0 ? "text/html" : "application/json");
        return answer;
    }

    private static byte[] Spoil(Random random, string document)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(document).ToList();
        for (var times = random.Next(4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                default:
                    ReplaceValue(random, bytes);
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Another value for a member, so that the document stays JSON and its shape is what is wrong.</summary>
    private static void ReplaceValue(Random random, List<byte> bytes)
    {
        var colons = Enumerable.Range(0, bytes.Count).Where(i => bytes[i] == ':').ToList();
        if (colons.Count == 0)
        {
            return;
        }

        var from = colons[random.Next(colons.Count)] + 1;
        var end = bytes.FindIndex(from, b => b is (byte)',' or (byte)'}');
        if (end > from)
        {
            bytes.RemoveRange(from, end - from);
            bytes.InsertRange(from, System.Text.Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
        }
    }

    private sealed class Fixed(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }

    /// <summary>A healthy device's documents, some of them spoilt; a login always works, so that the rest is reached.</summary>
    private sealed class SpoiltController : IDisposable
    {
        private readonly RedfishHandlers _handlers = new(new RedfishLimits());
        private readonly HttpMessageInvoker _pool;
        private readonly Dictionary<string, byte[]> _documents;
        private readonly Random _random;

        public SpoiltController(int seed)
        {
            _random = new Random(seed);
            var intact = _random.Next(3);
            _documents = DeviceDocuments.Healthy().OrderBy(d => d.Key, StringComparer.Ordinal).ToDictionary(
                d => d.Key,
                d => (intact > 0 && d.Key is "/redfish/v1/" or DeviceDocuments.System) || _random.Next(3) == 0 ? System.Text.Encoding.UTF8.GetBytes(d.Value) : Spoil(_random, d.Value));
            _pool = new HttpMessageInvoker(new Peer(this));
        }

        public OutOfBandLink Link()
        {
            var (limits, time, trust) = (new RedfishLimits { Switch = TimeSpan.FromSeconds(9) }, new StepTime(), TestCertificates.Trust);
            var oob = new OobEndpoint(new Uri("https://127.0.0.1:1"), trust, new("oob-monitor", "m"), new("oob-operator", "o"), new("oob-reclaim", "r"), new("oob-admin", "a"));
            var device = new EnrolledDevice(DeviceDocuments.Serial, new Location("eastus", "stamp1", "R12", 21), "payShield 10K", DeviceDocuments.ServiceId);
            var entry = new DeviceEntry(device, oob, new EnrolledHostPort("127.0.0.1", 1500, null, null, trust), null);
            return new OutOfBandLink(entry, new RedfishWire(_pool, limits, time), new RackSwitches(_handlers, limits, time), new MemoryVault(), NullLogger.Instance);
        }

        public void Dispose()
        {
            _pool.Dispose();
            _handlers.Dispose();
        }

        private HttpResponseMessage Answer(HttpRequestMessage request)
        {
            if (request.Method == HttpMethod.Post || request.Method == HttpMethod.Delete)
            {
                var opened = new HttpResponseMessage(HttpStatusCode.Created);
                opened.Headers.TryAddWithoutValidation("X-Auth-Token", "t");
                return opened;
            }

            lock (_random)
            {
                var path = request.RequestUri!.AbsolutePath;
                return _documents.TryGetValue(path, out var body)
                    ? path is "/redfish/v1/" or DeviceDocuments.System ? Whole(body) : JsonFuzzTests.Answer(_random, body)
                    : new HttpResponseMessage(HttpStatusCode.NotFound);
            }
        }

        private static HttpResponseMessage Whole(byte[] body)
        {
            var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };
            answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return answer;
        }

        private sealed class Peer(SpoiltController controller) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(controller.Answer(request));
        }
    }
}
