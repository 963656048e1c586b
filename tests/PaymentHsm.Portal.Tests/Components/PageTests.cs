using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Audit;
using PaymentHsm.Portal.Firmware;
using PaymentHsm.Portal.Fleet;
using PaymentHsm.Portal.Notifications;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Overdue;
using PaymentHsm.Portal.Settings;
using PaymentHsm.Portal.Tickets;
using PaymentHsm.Portal.Timeline;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>What every page test needs: doubles for the desks, a clock at the test's present, a signed-in person, an interactive renderer.</summary>
public abstract class PageTests : BunitContext, IAsyncLifetime
{
    protected PageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Clock = new FakeTimeProvider(TestTiles.Now);
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<IFleetFeed>(Feed);
        Services.AddSingleton<IFleetEnrolment>(Enrolment);
        Services.AddSingleton<IFleetQueries>(Fleet);
        Services.AddSingleton<ITicketDesk>(Tickets);
        Services.AddSingleton<IOperationDesk>(Operations);
        Services.AddSingleton<IAuditTrail>(Trail);
        Services.AddSingleton<IOverdueBoard>(new TestOverdueBoard());
        Services.AddSingleton<IFirmwareDesk>(Firmware);
        Services.AddSingleton<ITicketFiling>(Filing);
        Services.AddSingleton<INoticeList>(Notices);
        Services.AddSingleton<ITimelines>(Timelines);
        Services.AddSingleton<IPeople>(new TestPeople());
        Services.AddSingleton(new TicketSettings());
        Services.AddSingleton<IApprovalDesk>(Approvals);
        Services.AddSingleton<IForceDeleteDesk>(Deletes);
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
        SignIn("engineer2", "Engineering");
    }

    protected FakeTimeProvider Clock { get; }

    protected TestFleetFeed Feed { get; } = new();

    private protected TestEnrolment Enrolment { get; } = new();

    private protected TestFleetQueries Fleet { get; } = new();

    private protected TestTicketDesk Tickets { get; } = new();

    private protected TestOperationDesk Operations { get; } = new();

    private protected TestFirmwareDesk Firmware { get; } = new();

    private protected TestApprovalDesk Approvals { get; } = new();

    private protected TestForceDeleteDesk Deletes { get; } = new();

    private protected TestAuditTrail Trail { get; } = new();

    private protected TestTicketFiling Filing { get; } = new();

    private protected TestNoticeList Notices { get; } = new();

    private protected TestTimelines Timelines { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    protected void SignIn(string name, string role)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", name), new Claim(ClaimTypes.Role, role)], "test"));
        RenderTree.TryAdd<Microsoft.AspNetCore.Components.CascadingValue<Task<AuthenticationState>>>(p => p.Add(v => v.Value, Task.FromResult(new AuthenticationState(user))));
    }
}
