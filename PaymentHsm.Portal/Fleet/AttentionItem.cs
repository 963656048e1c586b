using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Fleet;

/// <summary>One thing a person must look at: what, whose, since when, and what next.</summary>
/// <param name="Key">Stable identity, so that a re-sort moves rows instead of rewriting them.</param>
/// <param name="Status">Shape and urgency.</param>
/// <param name="What">What is wrong, in one line.</param>
/// <param name="Subject">Serial or rack.</param>
/// <param name="Where">Location, or how many devices stand behind one cause.</param>
/// <param name="Whose">Whose devices.</param>
/// <param name="CustodyShape">Shape of the custody in the sprite.</param>
/// <param name="Since">Since when (UTC).</param>
/// <param name="Next">The next step, as words of a link.</param>
/// <param name="Link">Where the next step is done.</param>
public sealed record AttentionItem(
    string Key, TileStatus Status, string What, string Subject, string Where, string Whose, string CustodyShape, DateTimeOffset Since, string Next, string Link);
