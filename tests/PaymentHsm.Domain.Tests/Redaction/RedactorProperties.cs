using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PaymentHsm.Domain.Redaction;

namespace PaymentHsm.Domain.Tests.Redaction;

/// <summary>What must hold for any text (R39).</summary>
[Properties(Arbitrary = [typeof(Secrets)], MaxTest = 500)]
public sealed class RedactorProperties
{
    [Property]
    public bool R39_EveryCardNumber_IsTakenOutAndTheWordsAroundItStay(Card card, Prose before, Prose after)
    {
        var text = $"{before.Text}: {card.Written}; {after.Text}";
        var cleaned = Redactor.Clean(text);
        return cleaned.Text == $"{before.Text}: [redacted: card number]; {after.Text}" && cleaned.Kinds.SequenceEqual([SecretKind.CardNumber]);
    }

    [Property]
    public bool R39_OneWrongDigit_IsNoCard(Card card)
    {
        var wrong = card.Written[..^1] + ((card.Written[^1] - '0' + 5) % 10);
        return card.Digits.Length > 16 || Redactor.Clean($"order {wrong} of").Text == $"order {wrong} of";
    }

    [Property]
    public bool R39_EveryOddParityComponent_IsTakenOut(Component component, Prose before) =>
        Redactor.Clean($"{before.Text}: {component.Written}.").Text is { } text
        && (text == $"{before.Text}: [redacted: key component]." || text == $"{before.Text}: [redacted: key block].");

    [Property]
    public bool Clean_ProseWithoutSecrets_IsUntouched(Prose prose) => Redactor.Clean(prose.Text) is { Kinds.Count: 0 } cleaned && cleaned.Text == prose.Text;

    [Property]
    public bool Clean_AnyText_LosesNothingButWhatItMarks(string? text)
    {
        var cleaned = Redactor.Clean(text);
        return cleaned.Kinds.Count > 0 ? cleaned.Text!.Contains("[redacted: ", StringComparison.Ordinal) : cleaned.Text == text;
    }

    [Property]
    public bool Clean_Twice_IsTheSameAsOnce(Card card, Component component, Prose prose)
    {
        var once = Redactor.Clean($"{prose.Text} {card.Written} and {component.Written}").Text;
        return Redactor.Clean(once).Text == once;
    }

    /// <summary>A card number as people write it.</summary>
    public sealed record Card(string Digits, string Written);

    /// <summary>A key component with odd parity in every byte, as people write it.</summary>
    public sealed record Component(string Written);

    /// <summary>Words, times, serials and small numbers: what tickets are made of.</summary>
    public sealed record Prose(string Text);

    private static class Secrets
    {
        private static readonly string[] Words =
        [
            "host", "port", "HOST1", "dead", "since", "2026-11-23 13:05:09Z", "20261123130509", "A4665271234F", "U21", "10.20.30.40", "52.168.117.34", "T-10482", "+49 170 1234567", "1732367109000",
            "a3f1c2d4-9b7e-4c1a-8f00-1234567890ab", "1.9a", "HSM", "no", "answer", "(three", "times)", "100 %", "d41d8cd98f00b204e9800998ecf8427e",
        ];

        private static readonly int[][] Groups = [[4, 4, 4, 4], [4, 6, 5], [4, 4, 4, 4, 3], [6, 13], [4, 4, 4, 1], [4, 6, 4]];

        public static Arbitrary<Card> Cards() => (
            from groups in Gen.Elements(Groups)
            from first in Gen.Elements(3, 4, 5, 6, 8)
            from rest in Gen.ArrayOf(Gen.Choose(0, 9), 18)
            from separator in Gen.Elements("", " ", "-", "\u00A0")
            let digits = WithCheckDigit([first, .. rest.Take(groups.Sum() - 2)])
            where digits.Distinct().Count() > 1
            select new Card(digits, string.Join(separator, Split(digits, groups)))).ToArbitrary();

        public static Arbitrary<Component> Components() => (
            from length in Gen.Elements(8, 16, 24, 32)
            from bytes in Gen.ArrayOf(Gen.Choose(0, 255), length)
            from separator in Gen.Elements("", " ")
            let hex = Convert.ToHexString([.. bytes.Select(b => (byte)(System.Numerics.BitOperations.PopCount((uint)b >> 1) % 2 == 0 ? b | 1 : b & 0xFE))])

            // Digits alone could be read as a card number as well; they go either way.
            where hex.Any(char.IsAsciiLetter)
            select new Component(separator.Length == 0 ? hex : string.Join(separator, hex.Chunk(4).Select(c => new string(c))))).ToArbitrary();

        public static Arbitrary<Prose> Texts() => (from words in Gen.NonEmptyListOf(Gen.Elements(Words)) select new Prose(string.Join(", ", words))).ToArbitrary();

        private static string WithCheckDigit(int[] digits)
        {
            var sum = digits.Reverse().Select((d, i) => i % 2 == 0 ? (d * 2 > 9 ? (d * 2) - 9 : d * 2) : d).Sum();
            return string.Concat(digits) + ((10 - (sum % 10)) % 10);
        }

        private static IEnumerable<string> Split(string digits, int[] groups)
        {
            var at = 0;
            foreach (var group in groups)
            {
                yield return digits.Substring(at, group);
                at += group;
            }
        }
    }
}
