namespace PaymentHsm.Domain.Tests.Lifecycle;

/// <summary>Every combination of two lists as theory data.</summary>
internal static class TheoryPairs
{
    public static TheoryData<TA, TB> Of<TA, TB>(IEnumerable<TA> first, IReadOnlyList<TB> second)
    {
        var data = new TheoryData<TA, TB>();
        foreach (var a in first)
        {
            foreach (var b in second)
            {
                data.Add(a, b);
            }
        }

        return data;
    }
}
