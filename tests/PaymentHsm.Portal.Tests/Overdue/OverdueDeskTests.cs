using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Domain;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Overdue;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Tests;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Overdue;

/// <summary>The ways out of stuck work: who may, when, once, and in the audit log.</summary>
public sealed class OverdueDeskTests : IPortalDbs, IOverdueSource, IAsyncLifetime
{
    private readonly ScratchDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(TestTiles.Now);
    private readonly OverdueBoard _board = new();
    private readonly List<string> _escaped = [];
    private Ledger _ledger = null!;
    private OverdueDesk _desk = null!;

    public string Kind => "thing";

    PortalDb IPortalDbs.Open() => new SqlitePortalDb(new DbContextOptionsBuilder<SqlitePortalDb>().UseSqlite($"Data Source={Path.Combine(_directory.Path, "portal.db")};Pooling=False").Options);

    public async ValueTask InitializeAsync()
    {
        await using var db = ((IPortalDbs)this).Open();
        await db.Database.MigrateAsync();
        _ledger = new Ledger(this, _clock);
        _desk = new OverdueDesk([this], _board, _ledger, _clock);
    }

    public ValueTask DisposeAsync()
    {
        _ledger.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    public Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OverdueItem>>(
        _escaped.Count > 0 ? [] : [Item("late", 10, new OverdueEscape("End it", "It ends.")), Item("later", 20, new OverdueEscape("End it", "It ends.", new Refusal("R67", RefusalKind.NotInThisState, "An operation is at work."))), Item("soon", 110, null), Item("fine", 900, null)]);

    public Task<Outcome<string>> EscapeAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        _escaped.Add($"{actor.Id} {id}");
        return Task.FromResult<Outcome<string>>("It ended.");
    }

    [Fact]
    public async Task Read_ShowsPastAndSoon_OldestFirst_AndTellsTheBoard()
    {
        var items = await _desk.ReadAsync(CancellationToken.None);

        Assert.Equal(["late", "later", "soon"], items.Select(i => i.Id));
        Assert.Equal(items, _board.Current);
    }

    [Theory]
    [InlineData("late", Role.Support, "R88")]
    [InlineData("soon", Role.Engineering, "R88")]
    [InlineData("later", Role.Engineering, "R67")]
    [InlineData("gone", Role.Engineering, "R88")]
    public async Task R88_RefusedWayOut_ChangesNothingAndIsAudited(string id, Role role, string rule)
    {
        var refused = Assert.IsType<Outcome<string>.Refused>(await _desk.EscapeAsync(new Actor("somebody", role), "thing", id, CancellationToken.None));

        Assert.Equal(rule, refused.Why.RuleId);
        Assert.Empty(_escaped);
        await using var db = ((IPortalDbs)this).Open();
        Assert.Equal(("overdue.escape", rule, "somebody"), await db.Audit.Select(a => new ValueTuple<string, string?, string>(a.Action, a.RuleId, a.Actor)).SingleAsync(CancellationToken.None));
    }

    [Fact]
    public async Task R88_EngineerPastTheDeadline_GetsOut_AndTheListForgetsIt()
    {
        Assert.IsType<Outcome<string>.Done>(await _desk.EscapeAsync(new Actor("engineer1", Role.Engineering), "thing", "late", CancellationToken.None));

        Assert.Equal(["engineer1 late"], _escaped);
        Assert.Empty(_board.Current);
    }

    private static OverdueItem Item(string id, int minutes, OverdueEscape? escape) =>
        new("thing", id, id, "Waiting", "Engineering", TestTiles.Now.AddMinutes(-500), TestTiles.Now.AddMinutes(minutes - 100), "/", escape);
}
