using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>Somebody who signed in, in one role.</summary>
internal sealed class PersonRow
{
    public required string Id { get; set; }
    public Role Role { get; set; }
    public DateTimeOffset LastSeen { get; set; }
}
