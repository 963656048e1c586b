using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Records that were read, or not, as the test says.</summary>
internal sealed class TestEnrolment : IFleetEnrolment
{
    public bool IsRead { get; set; } = true;

    public Task<IReadOnlyList<EnrolledDevice>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<EnrolledDevice>>([]);
}
