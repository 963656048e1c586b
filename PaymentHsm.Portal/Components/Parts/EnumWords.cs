using System.Text;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>Names of enum members as people read them: <c>PendingDestruction</c> becomes <c>Pending destruction</c>.</summary>
public static class EnumWords
{
    public static string Spaced<T>(this T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        var words = new StringBuilder(name.Length + 4).Append(name[0]);
        foreach (var letter in name.AsSpan(1))
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
