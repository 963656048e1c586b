namespace PaymentHsm.Portal.Overdue;

/// <inheritdoc cref="IOverdueBoard"/>
internal sealed class OverdueBoard : IOverdueBoard
{
    private IReadOnlyList<OverdueItem> _current = [];

    public event Action? Changed;

    public IReadOnlyList<OverdueItem> Current => Volatile.Read(ref _current);

    public void Show(IReadOnlyList<OverdueItem> items)
    {
        if (!Current.SequenceEqual(items))
        {
            Volatile.Write(ref _current, items);
            Changed?.Invoke();
        }
    }
}
