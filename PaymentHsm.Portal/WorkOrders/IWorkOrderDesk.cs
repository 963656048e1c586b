using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Portal.WorkOrders;

/// <summary>Work at the rack: reading orders and acting on them. The same rules stand behind the pages and the API; what does not match stops the order.</summary>
public interface IWorkOrderDesk
{
    /// <summary>Orders, newest first.</summary>
    Task<WorkOrderPage> PageAsync(Actor actor, WorkOrderFilter filter, CancellationToken cancellationToken);

    /// <summary>One order; null when there is none.</summary>
    Task<WorkOrder?> FindAsync(string number, CancellationToken cancellationToken);

    /// <summary>The order that an operation waits for; null when it has none.</summary>
    Task<WorkOrder?> OfOperationAsync(Guid operation, CancellationToken cancellationToken);

    /// <summary>The order now and after every stored change, until it has ended or the token is cancelled.</summary>
    IAsyncEnumerable<WorkOrder> FollowAsync(string number, CancellationToken cancellationToken);

    /// <summary>What the portal has seen of the device since the cords were touched; empty without such an operation.</summary>
    Task<IReadOnlyList<Evidence>> SignsAsync(WorkOrder order, CancellationToken cancellationToken);

    /// <summary>Takes an open order.</summary>
    Task<Outcome<WorkOrder>> AcceptAsync(Actor actor, string number, CancellationToken cancellationToken);

    /// <summary>The assignee stands at the rack.</summary>
    Task<Outcome<WorkOrder>> ArriveAsync(Actor actor, string number, CancellationToken cancellationToken);

    /// <summary>The label was scanned or typed: the assignee identifies the device.</summary>
    Task<Outcome<WorkOrder>> ScanAsync(Actor actor, string number, string? label, CancellationToken cancellationToken);

    /// <summary>The second person confirms slot and label.</summary>
    Task<Outcome<WorkOrder>> ConfirmSlotAsync(Actor actor, string number, string? label, int? slot, CancellationToken cancellationToken);

    /// <summary>Records one cord.</summary>
    Task<Outcome<WorkOrder>> PowerAsync(Actor actor, string number, Supply supply, bool cordIn, DateTimeOffset? at, CancellationToken cancellationToken);

    /// <summary>W10: orders the replacement of a power supply or a fan (R47).</summary>
    Task<Outcome<WorkOrder>> OrderSwapAsync(Actor actor, SwapWish wish, CancellationToken cancellationToken);

    /// <summary>W10: the part is replaced.</summary>
    Task<Outcome<WorkOrder>> SwapAsync(Actor actor, string number, string? newSerial, CancellationToken cancellationToken);

    /// <summary>W6: the executor took the unit out of the rack, bagged and sealed it.</summary>
    Task<Outcome<WorkOrder>> RemoveAsync(Actor actor, string number, string? label, string? seal, string? accessRecord, CancellationToken cancellationToken);

    /// <summary>W6: the second person confirms the removal; from here there is no way back.</summary>
    Task<Outcome<WorkOrder>> ConfirmRemovalAsync(Actor actor, string number, string? label, string? seal, CancellationToken cancellationToken);

    /// <summary>W6: the executor destroyed the disk or the HSM.</summary>
    Task<Outcome<WorkOrder>> DestroyAsync(Actor actor, string number, bool hsm, DestroyedPart part, CancellationToken cancellationToken);

    /// <summary>W6: the witness saw it.</summary>
    Task<Outcome<WorkOrder>> WitnessAsync(Actor actor, string number, bool hsm, string? serial, CancellationToken cancellationToken);

    /// <summary>W6: an engineer who was at no rack certifies.</summary>
    Task<Outcome<WorkOrder>> CertifyAsync(Actor actor, string number, string? note, CancellationToken cancellationToken);

    /// <summary>Something is wrong at the rack: the order waits for an engineer.</summary>
    Task<Outcome<WorkOrder>> ProblemAsync(Actor actor, string number, string? words, CancellationToken cancellationToken);

    /// <summary>An engineer lets a stopped order go on.</summary>
    Task<Outcome<WorkOrder>> ReleaseAsync(Actor actor, string number, string? note, CancellationToken cancellationToken);

    /// <summary>An engineer calls the order off.</summary>
    Task<Outcome<WorkOrder>> CancelAsync(Actor actor, string number, string? note, CancellationToken cancellationToken);
}

/// <summary>What the executor records of a destroyed part; nothing in it is trusted yet.</summary>
public sealed record DestroyedPart(string? Serial, string? Method, string? PhotoHash, string? Bin);

/// <summary>A replacement as asked for; nothing in it is trusted yet.</summary>
/// <param name="Serial">Which device.</param>
/// <param name="Part"><c>psu1</c>, <c>psu2</c>, <c>fan1</c> or <c>fan2</c>.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Ticket">The ticket that carries it; none is needed.</param>
/// <param name="VendorConfirmation">For a fan: where the vendor confirms that taking it out is no tamper.</param>
public sealed record SwapWish(string? Serial, string? Part, string? Reason, string? Ticket = null, string? VendorConfirmation = null);

/// <summary>Which orders a list shows.</summary>
public enum WorkOrderView
{
    /// <summary>Not ended.</summary>
    Open,

    /// <summary>Not ended, with me as executor or second person.</summary>
    Mine,

    /// <summary>Ended.</summary>
    Done,

    /// <summary>All.</summary>
    All,
}

/// <summary>What the list of work orders asks for.</summary>
public sealed record WorkOrderFilter(WorkOrderView View = WorkOrderView.Open, string? Serial = null, int Skip = 0, int Take = 50);

/// <summary>One page of work orders and how many there are in all.</summary>
public sealed record WorkOrderPage(int Total, IReadOnlyList<WorkOrder> Rows);
