using FsCheck;
using FsCheck.Fluent;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Tests.Lifecycle;

/// <summary>A random life of a device: where it begins and what happens to it.</summary>
public sealed record Life(DeviceRecord Start, IReadOnlyList<Draw> Draws);

/// <summary>One thing that happens.</summary>
/// <param name="Pick">Which of the events that the table has in the present state; null for any event at all.</param>
/// <param name="Any">That event.</param>
/// <param name="Spoil">Which facts are wrong.</param>
public sealed record Draw(int? Pick, HsmEvent Any, IReadOnlyList<int> Spoil);

/// <summary>Makes lives. Mostly possible events with right facts, so that they get far; sometimes anything.</summary>
public static class Lives
{
    /// <summary>Ways in which facts are wrong.</summary>
    internal static IReadOnlyList<Func<DeviceFacts, DeviceFacts>> Spoilers { get; } =
    [
        _ => DeviceFacts.None,
        f => f with { ReadAt = f.ReadAt?.AddHours(-1) },
        f => f with { ReportedSerial = null },
        f => f with { Health = Health.Unknown },
        f => f with { Tamper = TamperState.Medium },
        f => f with { Commission = CommissionState.Commissioned },
        f => f with { CustomerContentPresent = true },
        f => f with { AdminAccess = AdminAccess.Enabled },
        f => f with { AdminAccess = AdminAccess.Disabled },
        f => f with { AdminAccess = AdminAccess.Unknown },
        f => f with { Login = null },
        f => f with { Login = f.Login is { } l ? l with { Outcome = AdministratorLoginOutcome.LetIn } : null },
        f => f with { Login = f.Login is { } l ? l with { At = l.At.AddHours(-1) } : null },
        f => f with { Sanitisation = Sanitisation.Dirty },
        f => f with { Baseline = null },
        f => f with { Baseline = new BaselineCheck(true, true, false) },
        f => f with { Erasure = null },
        f => f with { Erasure = new ErasureProof(true, true, false, true, true, true) },
        f => f with { ApprovalConsumed = false },
        f => f with { HardwareFailure = true },
        f => f with { EngineerSignatures = 1 },
        f => f with { DatacenterSignatures = 1 },
    ];

    public static Arbitrary<Life> Arbitrary() => Arb.From(
        from start in Gen.Elements(DeviceRecord.InPool(TestFacts.Serial, TestFacts.Now), TestFacts.In(HsmState.Commissioning), TestFacts.In(HsmState.HandingOver), TestFacts.In(HsmState.Allocated), TestFacts.Dirty)
        from length in Gen.Choose(1, 40)
        from draws in Gen.ArrayOf(Draw(), length)
        select new Life(start, draws));

    private static Gen<Draw> Draw() =>
        from possible in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from pick in Gen.Choose(0, 1000)
        from any in Gen.Elements(Enum.GetValues<HsmEvent>())
        from wrong in Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Constant(3)))
        from spoil in Gen.ArrayOf(Gen.Choose(0, Spoilers.Count - 1), wrong)
        select new Draw(possible ? pick : null, any, spoil);
}
