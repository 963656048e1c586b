using System.Buffers.Text;
using System.Globalization;
using System.Text;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>Which deletion a client follows: the resource and when it was created, so that a new one of the same name is not mistaken for it.</summary>
/// <param name="Resource">What is being deleted.</param>
/// <param name="Created">When it was created, to the millisecond.</param>
internal sealed record OperationResultId(ResourceId Resource, long Created)
{
    public static OperationResultId Of(CustomerResource resource) => new(resource.Id, resource.Created.At.ToUnixTimeMilliseconds());

    /// <summary>The opaque word in the address.</summary>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Created}{Resource}")));

    /// <summary>Reads the word; null when it is none of ours.</summary>
    public static OperationResultId? Parse(string word)
    {
        if (!Base64Url.IsValid(word))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(word));
        var start = text.IndexOf('/', StringComparison.Ordinal);
        return start > 0 && long.TryParse(text.AsSpan(0, start), NumberStyles.None, CultureInfo.InvariantCulture, out var created) && ResourceId.TryParse(text[start..], out var resource)
            ? new OperationResultId(resource, created)
            : null;
    }
}
