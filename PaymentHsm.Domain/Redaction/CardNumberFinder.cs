namespace PaymentHsm.Domain.Redaction;

/// <summary>
/// Finds primary account numbers: 13 to 19 digits, with blanks, dashes, dots or slashes between them as people write and copy them, whose check digit
/// is right (ISO/IEC 7812, Luhn). One random number in ten has a right check digit, so what cannot be a card is left alone: numbers that begin with 0 or 1
/// (milliseconds since 1970, airlines), moments such as 20261123130509, one digit repeated, addresses such as 52.168.117.34, and loose small numbers.
/// </summary>
internal static class CardNumberFinder
{
    private const int Least = 13;
    private const int Most = 19;

    public static void Find(string text, List<Finding> found)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                at++;
                continue;
            }

            var run = Run(text, at);
            FindIn(text, run, found);
            at = run[^1] + 1;
        }
    }

    /// <summary>The places of digits that belong together: neighbours, or with one or two separators in between.</summary>
    private static List<int> Run(string text, int from)
    {
        List<int> places = [from];
        for (var at = from + 1; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                places.Add(at);
            }
            else if (!IsSeparator(text[at]) || at - places[^1] > 2)
            {
                break;
            }
        }

        return places;
    }

    private static bool IsSeparator(char c) => c is ' ' or '-' or '.' or '/' or '\u00A0' or '\u2009' or '\u202F' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '_' or '\t';

    /// <summary>A number may stand between other digits (an amount, an expiry date), so every window is asked, the longest first.</summary>
    private static void FindIn(string text, List<int> places, List<Finding> found)
    {
        var first = 0;
        while (first + Least <= places.Count)
        {
            var length = LongestAt(text, places, first);
            if (length == 0)
            {
                first++;
                continue;
            }

            found.Add(new Finding(places[first], places[first + length - 1] + 1, SecretKind.CardNumber));
            first += length;
        }
    }

    private static int LongestAt(string text, List<int> places, int first)
    {
        for (var length = Math.Min(Most, places.Count - first); length >= Least; length--)
        {
            if (IsWhole(text, places, first, length) && IsCard(text, places, first, length))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>A card number begins and ends where a group of digits does: digits that touch it on either side make it part of something longer.</summary>
    private static bool IsWhole(string text, List<int> places, int first, int length)
    {
        var (start, end) = (places[first], places[first + length - 1] + 1);
        return (start == 0 || !IsWordPart(text[start - 1])) && (end == text.Length || !IsWordPart(text[end]));
    }

    private static bool IsWordPart(char c) => char.IsAsciiDigit(c);

    private static bool IsCard(string text, List<int> places, int first, int length)
    {
        int Digit(int index) => text[places[first + index]] - '0';

        if (Digit(0) < 2 || IsMoment(text, places, first, length) || !IsGroupedLikeACard(text, places, first, length))
        {
            return false;
        }

        var (sum, same) = (0, true);
        for (var i = 0; i < length; i++)
        {
            var digit = Digit(length - 1 - i);
            same &= digit == Digit(0);
            var weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0 && !same;
    }

    /// <summary>A year of this century, a month and a day: no card scheme begins with 20.</summary>
    private static bool IsMoment(string text, List<int> places, int first, int length)
    {
        int Number(int from, int digits) => Enumerable.Range(first + from, digits).Aggregate(0, (n, i) => (n * 10) + (text[places[i]] - '0'));
        return length >= 8 && Number(0, 2) == 20 && Number(4, 2) is >= 1 and <= 12 && Number(6, 2) is >= 1 and <= 31;
    }

    /// <summary>Groups of three digits and more on average, or all of the same length; with dots and slashes of four and more, the last one excepted.</summary>
    private static bool IsGroupedLikeACard(string text, List<int> places, int first, int length)
    {
        List<int> groups = [1];
        var rare = false;
        for (var i = first + 1; i < first + length; i++)
        {
            if (places[i] == places[i - 1] + 1)
            {
                groups[^1]++;
                continue;
            }

            rare |= text[places[i] - 1] is '.' or '/' or '_';
            groups.Add(1);
        }

        return rare
            ? groups.SkipLast(1).All(g => g >= 4)
            : length >= 3 * groups.Count || groups.SkipLast(1).Distinct().Count() == 1;
    }
}
