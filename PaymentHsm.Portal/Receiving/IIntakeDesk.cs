using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Receiving;

/// <summary>How devices come in (R11): received and racked by people at the site, by form or by file; then the portal commissions them by itself.</summary>
public interface IIntakeDesk
{
    /// <summary>D1: a device arrived. Datacenter or Engineering; every fault is said at once.</summary>
    Task<Outcome<SiteRecord>> ReceiveAsync(Actor actor, ArrivalForm form, CancellationToken cancellationToken);

    /// <summary>D2: a received device was bolted in. Datacenter or Engineering.</summary>
    Task<Outcome<SiteRecord>> RackAsync(Actor actor, string? serial, RackingForm form, CancellationToken cancellationToken);

    /// <summary>Receives, and where the columns are filled racks, every device of a file; all of them, or none when anything is wrong or it is a dry run.</summary>
    /// <param name="file">The bytes as uploaded.</param>
    Task<Outcome<IntakeImport>> ImportAsync(Actor actor, ReadOnlyMemory<byte> file, bool dryRun, CancellationToken cancellationToken);

    /// <summary>Devices on their way into the pool, with what each waits for, and the records of those that came through.</summary>
    Task<IntakePicture> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The records of people at the site, for drawings.</summary>
    Task<IReadOnlyList<SiteRecord>> RecordsAsync(CancellationToken cancellationToken);
}

/// <summary>What a file brought.</summary>
/// <param name="Rows">Devices in the file.</param>
/// <param name="Racked">Those of them with a slot.</param>
/// <param name="Faults">Everything that is wrong with it.</param>
/// <param name="Imported">True when all rows are stored.</param>
public sealed record IntakeImport(int Rows, int Racked, IReadOnlyList<RowFault> Faults, bool Imported);

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="Row">Line of the file as a spreadsheet counts it; the header is row 1.</param>
/// <param name="Column">Name of the column; empty when the row or the file as a whole is meant.</param>
/// <param name="Problem">What is wrong, in one sentence.</param>
public sealed record RowFault(int Row, string Column, string Problem);

/// <summary>How the intake stands.</summary>
/// <param name="Mode">How devices come in.</param>
/// <param name="Arriving">Devices before the pool, the newest first.</param>
/// <param name="Unreceived">Serials that the enrolment source names and nobody received yet.</param>
/// <param name="SourceRead">False while the enrolment source was not read yet.</param>
public sealed record IntakePicture(IntakeMode Mode, IReadOnlyList<ArrivingDevice> Arriving, IReadOnlyList<HsmSerial> Unreceived, bool SourceRead);

/// <summary>A device on its way into the pool, or one that people took in.</summary>
/// <param name="Waits">What it waits for; null when it is through.</param>
public sealed record ArrivingDevice(HsmSerial Serial, HsmState State, DateTimeOffset Since, Location Location, SiteRecord? Record, string? Waits);
