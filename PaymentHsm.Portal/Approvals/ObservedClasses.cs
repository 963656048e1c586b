using System.Collections.Concurrent;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Approvals;

/// <summary>
/// What a device shows of itself, as classes that a signature can cover (DOMAIN 2.3): link down, controller reachable, tamper none. Never raw numbers, or one degree would void
/// every approval.
/// </summary>
internal sealed class ObservedClasses(IOutOfBandLinks links, TimeProvider clock)
{
    private const int Reads = 3;
    private const string Unknown = "unknown";

    /// <summary>What is said to whoever asks while nothing is known.</summary>
    public static readonly Refusal NotKnown = new(
        "R50", RefusalKind.NotInThisState, "The enrolment source could not be read since the portal's start, so what the device shows is not known. Nothing was changed.", "Try again in a moment.");

    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<HsmSerial, Lazy<Task<IReadOnlyDictionary<string, string>?>>> _reads = new();

    /// <summary>
    /// The classes now. When they differ from <paramref name="expected"/>, they are read again: one lost packet is no drift, only what is seen twice in a row is (R49). Null while the
    /// records of the fleet were not read since the start: nothing may follow from that, neither a signature nor a drift.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>?> ReadAsync(HsmSerial serial, IReadOnlyDictionary<string, string>? expected, CancellationToken cancellationToken)
    {
        var last = await SharedAsync(serial, cancellationToken);
        for (var read = 1; read < Reads && last is not null && expected is not null && !Agrees(last, expected); read++)
        {
            await Task.Delay(ReadAgainAfter, clock, cancellationToken);
            var next = await OnceAsync(serial, cancellationToken);
            if (next is null || Agrees(next, last))
            {
                return next;
            }

            last = next;
        }

        return last;
    }

    /// <summary>True when no class of <paramref name="seen"/> differs from <paramref name="expected"/>, which may hold more, or less: what an act does not bind cannot drift.</summary>
    private static bool Agrees(IReadOnlyDictionary<string, string> seen, IReadOnlyDictionary<string, string> expected) =>
        seen.All(c => !expected.TryGetValue(c.Key, out var value) || value == c.Value);

    /// <summary>Many who ask at the same time share one read of the device; one that has ended is never shared, for the device may have changed since.</summary>
    private Task<IReadOnlyDictionary<string, string>?> SharedAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        Lazy<Task<IReadOnlyDictionary<string, string>?>> New() => new(() => OnceAsync(serial, CancellationToken.None));
        return _reads.AddOrUpdate(serial, _ => New(), (_, before) => before is { IsValueCreated: true, Value.IsCompleted: true } ? New() : before).Value.WaitAsync(cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, string>?> OnceAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        try
        {
            return Of(await links.LinkTo(serial).PollAsync(cancellationToken));
        }
        catch (KeyNotFoundException)
        {
            return Of(null);
        }
        catch (LinkException)
        {
            // Only the records are missing: a device that does not answer is a poll that says so.
            return null;
        }
    }

    private static Dictionary<string, string> Of(HealthPoll? poll) => new()
    {
        ["oob"] = poll is { Reach: not OobReach.Down } ? "reachable" : "unreachable",
        ["commission"] = poll?.Commission?.State switch
        {
            CommissionState.Released => "released",
            CommissionState.InCustody or CommissionState.Commissioned => "held",
            CommissionState.EraseFailed => "erase failed",
            CommissionState.Reclaiming or CommissionState.Releasing => "changing",
            _ => Unknown,
        },
        ["tamper"] = Word(poll, ReadingName.Tamper) switch
        {
            "Normal" => "none",
            "TamperingDetected" or "HardwareIntrusion" => "latched",
            _ => Unknown,
        },
        [ReadingName.LinkHost1] = Link(poll, ReadingName.LinkHost1),
        [ReadingName.LinkHost2] = Link(poll, ReadingName.LinkHost2),
        [ReadingName.LinkMgmt] = Link(poll, ReadingName.LinkMgmt),
    };

    private static string Link(HealthPoll? poll, string name) => Word(poll, name) switch
    {
        "LinkUp" => "up",
        null => Unknown,
        _ => "down",
    };

    private static string? Word(HealthPoll? poll, string name) => poll?.Samples.FirstOrDefault(s => s.Name == name)?.Value.Word;
}
