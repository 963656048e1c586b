using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Custody;

/// <summary>
/// The capability without which no host, management, console or administrator channel can be opened (R26, I4). Only <see cref="Mint"/> makes one,
/// from facts that are seconds old, for one use; it dies with its short life. Whoever holds no such value cannot call the ports that need it.
/// </summary>
public sealed class LogicalAccess
{
    /// <summary>How long a capability lives after minting.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    /// <summary>How old the custody facts may be at minting.</summary>
    public static readonly TimeSpan MaximumFactAge = TimeSpan.FromSeconds(10);

    private int _spent;

    private LogicalAccess(HsmSerial serial, LogicalAccessPurpose purpose, DateTimeOffset expiresAt) =>
        (Serial, Purpose, ExpiresAt) = (serial, purpose, expiresAt);

    /// <summary>The only device it opens.</summary>
    public HsmSerial Serial { get; }

    /// <summary>What it was minted for; the audit log says the same.</summary>
    public LogicalAccessPurpose Purpose { get; }

    /// <summary>From then on it opens nothing, and what it opened stops working.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Mints a capability, or says which rule stands against it.</summary>
    public static LogicalAccessVerdict Mint(CustodyFacts facts, LogicalAccessPurpose purpose, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var custodyAllows = facts.Custody switch
        {
            CustodyState.Operator => true,
            CustodyState.HandingOver => purpose is LogicalAccessPurpose.HandOver or LogicalAccessPurpose.NegativeTest,
            CustodyState.ComingBack => purpose is LogicalAccessPurpose.Verification,
            _ => false,
        };
        if (!custodyAllows)
        {
            var rule = facts.Custody == CustodyState.Unknown ? "R30" : "R25";
            return new LogicalAccessVerdict.Denied(new Refusal(
                rule,
                RefusalKind.NotInThisState,
                facts.Custody == CustodyState.Unknown
                    ? $"Custody of {facts.Serial} is not proven, so it counts as a customer's; no logical channel may be opened."
                    : $"{facts.Serial} is not in the operator's custody ({facts.Custody}); no logical channel may be opened.",
                "The customer works on the device; Thales support helps the customer. The operator reads physical health only."));
        }

        return now - facts.ReadAt > MaximumFactAge || facts.ReadAt > now + MaximumFactAge
            ? new LogicalAccessVerdict.Denied(new Refusal(
                "R26", RefusalKind.NotInThisState, $"The custody facts of {facts.Serial} were read at {facts.ReadAt:O}; they must be fresh.", "Read the device again, then retry."))
            : new LogicalAccessVerdict.Granted(new LogicalAccess(facts.Serial, purpose, now + Lifetime));
    }

    /// <summary>Spends the capability. Drivers call it once, before the first byte is sent.</summary>
    /// <exception cref="CustodyException">Spent before, expired, or minted for another device.</exception>
    public void Spend(HsmSerial serial, DateTimeOffset now)
    {
        if (serial != Serial)
        {
            throw new CustodyException($"This access was minted for {Serial}, not for {serial}.");
        }

        if (now >= ExpiresAt)
        {
            throw new CustodyException($"The access to {Serial} expired at {ExpiresAt:O}.");
        }

        if (Interlocked.Exchange(ref _spent, 1) != 0)
        {
            throw new CustodyException($"The access to {Serial} was spent before; each use needs a new one.");
        }
    }
}

/// <summary>What a logical channel is opened for.</summary>
public enum LogicalAccessPurpose
{
    /// <summary>Commissioning, baseline checks and firmware of a device in the pool.</summary>
    PoolCare,

    /// <summary>The hand-over act itself, the operator's last.</summary>
    HandOver,

    /// <summary>Proving that the operator is locked out: the login must be refused (R13).</summary>
    NegativeTest,

    /// <summary>
    /// Administrator acts of the verification after a release (R29, R77, R78): that the administrator is let in again is the proof of erasure. Opens no
    /// host, management or console channel (I4).
    /// </summary>
    Verification,
}

/// <summary>Facts about custody, as read together at one moment.</summary>
/// <param name="Serial">Which device.</param>
/// <param name="Custody">Who has it, by the store and confirmed by the device.</param>
/// <param name="ReadAt">When the facts were read.</param>
public sealed record CustodyFacts(HsmSerial Serial, CustodyState Custody, DateTimeOffset ReadAt);

/// <summary>Outcome of minting.</summary>
public abstract record LogicalAccessVerdict
{
    private LogicalAccessVerdict()
    {
    }

    public sealed record Granted(LogicalAccess Access) : LogicalAccessVerdict;

    public sealed record Denied(Refusal Why) : LogicalAccessVerdict;
}

/// <summary>A logical channel was asked for without a valid capability: a programming mistake, stopped before a byte was sent.</summary>
public sealed class CustodyException(string message) : InvalidOperationException(message);
