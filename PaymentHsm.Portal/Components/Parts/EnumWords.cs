using System.Text;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>Names of enum members as people read them: <c>PendingDestruction</c> becomes <c>Pending destruction</c>.</summary>
public static class EnumWords
{
    public static string Spaced<T>(this T value)
        where T : struct, Enum => Spaced(value.ToString());

    /// <summary>A name in code as words: <c>ReadBack</c> becomes <c>Read back</c>; what is written in capitals stays, as in <c>Destroy HSM</c>.</summary>
    public static string Spaced(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var begins = char.IsAsciiLetterUpper(name[i]) && i > 0 && char.IsAsciiLetterLower(name[i - 1]);
            var alone = i + 1 == name.Length || !char.IsAsciiLetterUpper(name[i + 1]);
            if (begins)
            {
                words.Append(' ');
            }

            words.Append(i == 0 ? char.ToUpperInvariant(name[i]) : begins && alone ? char.ToLowerInvariant(name[i]) : name[i]);
        }

        return words.ToString();
    }
}
