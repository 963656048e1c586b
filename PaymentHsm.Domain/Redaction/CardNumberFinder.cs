namespace PaymentHsm.Domain.Redaction;

/// <summary>
/// Finds primary account numbers: 13 to 19 digits, with blanks, dashes, dots or slashes between them as people write and copy them, whose check digit
/// is right (ISO/IEC 7812, Luhn). One random number in ten has a right check digit, so what cannot be a card is left alone: numbers that begin with 0 or 1
/// (milliseconds since 1970, airlines), moments such as 20261123130509, one digit repeated, addresses such as 52.168.117.34, and loose small numbers.
/// Numbers in the groups that cards are printed in are looked for first, so that a neighbour is not taken for a part of one.
/// </summary>
internal static class CardNumberFinder
{
    private const int Least = 13;
    private const int Most = 19;

    /// <summary>How cards are printed; and one piece of any length.</summary>
    private static readonly int[][] Printed = [[4, 4, 4, 4], [4, 6, 5], [4, 6, 4], [4, 4, 4, 4, 3], [6, 13], [4, 4, 4, 1], [4, 4, 4, 2], [4, 4, 4, 3], [4, 4, 5]];

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

            var groups = Run(text, at);
            at = groups[^1].End;
            var taken = new bool[groups.Count];
            FindIn(text, groups, taken, IsPrinted, found);
            FindIn(text, groups, taken, IsPlausible, found);
        }
    }

    /// <summary>Groups of digits that may belong together: with one or two separators in between.</summary>
    private static List<Group> Run(string text, int from)
    {
        List<Group> groups = [];
        while (true)
        {
            var end = from;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            groups.Add(new Group(from, end));
            var next = end;
            while (next < text.Length && next - end < 2 && IsSeparator(text[next]))
            {
                next++;
            }

            if (next == end || next == text.Length || !char.IsAsciiDigit(text[next]))
            {
                return groups;
            }

            from = next;
        }
    }

    private static bool IsSeparator(char c) => c is ' ' or '-' or '.' or '/' or '\u00A0' or '\u2009' or '\u202F' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '_' or '\t';

    /// <summary>A number may stand between others (an amount, an expiry date), so every run of whole groups is asked, the longest first.</summary>
    private static void FindIn(string text, List<Group> groups, bool[] taken, Func<string, List<Group>, int, int, bool> shape, List<Finding> found)
    {
        for (var first = 0; first < groups.Count; first++)
        {
            for (var last = LastOf(groups, taken, first); last >= first; last--)
            {
                var digits = Digits(text, groups, first, last);
                if (digits.Length >= Least && StandsAlone(text, groups, first, last) && shape(text, groups, first, last) && IsCard(digits))
                {
                    found.Add(new Finding(groups[first].Start, groups[last].End, SecretKind.CardNumber));
                    taken.AsSpan(first, last - first + 1).Fill(true);
                    break;
                }
            }
        }
    }

    /// <summary>The last group with which a number that begins here could end; one before <paramref name="first"/> when none could.</summary>
    private static int LastOf(List<Group> groups, bool[] taken, int first)
    {
        var (last, digits) = (first - 1, 0);
        while (last + 1 < groups.Count && !taken[last + 1] && digits + groups[last + 1].Length <= Most)
        {
            digits += groups[++last].Length;
        }

        return last;
    }

    /// <summary>
    /// Digits that touch a letter belong to a word or a hexadecimal value. One piece may touch letters that are no hexadecimal digits, and a D, which
    /// separates the number from the rest of a magnetic stripe.
    /// </summary>
    private static bool StandsAlone(string text, List<Group> groups, int first, int last)
    {
        bool Before(Group g, Func<char, bool> bad) => g.Start > 0 && bad(text[g.Start - 1]);
        bool After(Group g, Func<char, bool> bad) => g.End < text.Length && bad(text[g.End]);
        return first == last
            ? !Before(groups[first], char.IsAsciiHexDigit) && !After(groups[first], c => char.IsAsciiHexDigit(c) && c is not ('D' or 'd'))
            : groups.Skip(first).Take(last - first + 1).All(g => !Before(g, char.IsAsciiLetter) && !After(g, char.IsAsciiLetter));
    }

    private static string Digits(string text, List<Group> groups, int first, int last) => string.Concat(groups.Skip(first).Take(last - first + 1).Select(g => text[g.Start..g.End]));

    private static bool IsPrinted(string text, List<Group> groups, int first, int last) =>
        first == last || Printed.Any(p => p.SequenceEqual(groups.Skip(first).Take(last - first + 1).Select(g => g.Length)));

    /// <summary>Groups of three digits and more on average, or all of the same length; with dots and slashes of four and more, the last one excepted.</summary>
    private static bool IsPlausible(string text, List<Group> groups, int first, int last)
    {
        var lengths = groups.Skip(first).Take(last - first + 1).Select(g => g.Length).ToList();
        return groups.Skip(first + 1).Take(last - first).Any(g => text[g.Start - 1] is '.' or '/' or '_')
            ? lengths.SkipLast(1).All(l => l >= 4)
            : lengths.Sum() >= 3 * lengths.Count || lengths.SkipLast(1).Distinct().Count() == 1;
    }

    private static bool IsCard(string digits)
    {
        if (digits[0] < '2' || IsMoment(digits) || digits.All(d => d == digits[0]))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }

    /// <summary>A year of this century, a month and a day: no card scheme begins with 20.</summary>
    private static bool IsMoment(string digits) =>
        digits.StartsWith("20", StringComparison.Ordinal) && Number(digits, 4) is >= 1 and <= 12 && Number(digits, 6) is >= 1 and <= 31;

    private static int Number(string digits, int at) => ((digits[at] - '0') * 10) + (digits[at + 1] - '0');

    /// <summary>Digits without a gap.</summary>
    private readonly record struct Group(int Start, int End)
    {
        public int Length => End - Start;
    }
}
