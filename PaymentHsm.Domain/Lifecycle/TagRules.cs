namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What tags may look like: the limits that ARM sets for every resource.</summary>
public static class TagRules
{
    private const int MaxTags = 50;
    private const int MaxName = 512;
    private const int MaxValue = 256;

    /// <summary>Why these tags cannot be kept; null when they can.</summary>
    public static ResourceForm.Bad? Check(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (tags.Count > MaxTags)
        {
            return Bad($"tags has {tags.Count} entries; {MaxTags} is the most.");
        }

        if (tags.Keys.GroupBy(k => k, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return Bad($"The tag {ResourceRules.Shown(twice.Key)} is given twice; tag names are compared without regard to case.");
        }

        if (tags.Keys.FirstOrDefault(k => k.Length is 0 or > MaxName || k.Any(c => c is '<' or '>' or '%' or '&' or '\\' or '?' or '/' || char.IsControl(c))) is { } name)
        {
            return Bad($"The tag name {ResourceRules.Shown(name)} is not valid: 1 to {MaxName} characters, none of < > % & \\ ? /.");
        }

        return tags.FirstOrDefault(t => t.Value.Length > MaxValue).Key is { } tooLong ? Bad($"The value of tag {ResourceRules.Shown(tooLong)} is longer than {MaxValue} characters.") : null;
    }

    private static ResourceForm.Bad Bad(string message) => new(new ResourceFault("InvalidRequestContent", message), "R22");
}
