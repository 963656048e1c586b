using PaymentHsm.Portal.Overdue;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Nothing is stuck, unless a test says so.</summary>
internal sealed class TestOverdueBoard : IOverdueBoard
{
    public IReadOnlyList<OverdueItem> Current { get; private set; } = [];

    public event Action? Changed;

    public void Show(params OverdueItem[] items)
    {
        Current = items;
        Changed?.Invoke();
    }
}
