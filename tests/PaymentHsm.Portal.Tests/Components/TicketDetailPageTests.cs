using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Notifications;
using PaymentHsm.Portal.Tickets;
using PaymentHsm.Portal.Timeline;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class TicketDetailPageTests : PageTests
{
    private static readonly Ticket Case = new(
        "T-7", "host ports dead", HsmSerial.Parse("A4665271234F"), "Contoso Acquiring", TicketCategory.Unresponsive, Severity.High, "since 11:20", TicketState.Open, "support1", TestTiles.Now, "support1", 3)
    {
        Clock = new TicketClock(TestTiles.Now, TestTiles.Now.AddHours(8)),
    };

    [Fact]
    public void Change_ByAnotherUser_ShowsTheMessageAndKeepsWhatIsTyped()
    {
        var page = Draw("/tickets/T-7");
        page.Find("#comment").Input("half a sent");

        Tickets.Change(Tickets.Detail! with { Notes = [new TicketNote("engineer3", TestTiles.Now, "The link light is off.", null)] });

        page.WaitForAssertion(() => Assert.Contains("The link light is off.", page.Find("[data-testid=conversation]").TextContent, StringComparison.Ordinal));
        Assert.Equal("half a sent", page.Find("#comment").GetAttribute("value"));
    }

    [Fact]
    public void File_Refused_KeepsWhatWasTyped()
    {
        Filing.Refuses = new Refusal("R59", RefusalKind.BadInput, "Say how it came.");
        var page = Draw("/tickets/T-7");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("%PDF-", "request.pdf"));
        page.Find("#doc-sender").Input("Contoso");

        page.Find("form.doc-form").Submit();

        page.WaitForAssertion(() => Assert.Equal("R59", page.Find("[data-testid=refusal]").GetAttribute("data-rule")));
        Assert.Equal("Contoso", page.Find("#doc-sender").GetAttribute("value"));
    }

    [Fact]
    public void Close_SendsTheReasonAndHow()
    {
        var page = Draw("/tickets/T-7?dialog=close");
        page.Find("#act-reason").Input("answers again");

        page.Find("[data-testid=panel-close] form").Submit();

        Assert.Equal("close Solved: answers again", Assert.Single(Tickets.Done));
        Assert.EndsWith("/tickets/T-7", Services.GetNavigation().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void R5_ThalesOwned_SaysToRouteItOut()
    {
        var page = Draw("/tickets/T-7", Case with { Category = TicketCategory.CardsAndReaders });
        Assert.Contains("R5", page.Find("[data-testid=routed]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Thales", page.Find("[data-testid=case-owner]").GetAttribute("data-value"));
    }

    [Fact]
    public void Timeline_FilterAndInstant_ComeFromTheAddress()
    {
        Timelines.View = new TimelineView(
            1, [new TimelineLine("a118", TestTiles.Now, TimelineKind.Decision, "approval", "T-7 given to support1", "support1", "ticket.assigned", null, null, [])], [new TimelineFact("Owner", "support1", TestTiles.Now, "a118")]);
        var page = Draw("/tickets/T-7?kind=Decision&line=given&at=2026-11-23T14%3A05%3A31Z");

        Assert.Equal(new TimelineFilter(TimelineKind.Decision, "given", TestTiles.Now, 60), Timelines.Asked);
        Assert.NotNull(page.Find("#a118"));
        Assert.Contains("support1", page.Find("[data-testid=as-of]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Overdue_IsSaid()
    {
        var page = Draw("/tickets/T-7", Case with { Clock = new TicketClock(TestTiles.Now.AddDays(-1), TestTiles.Now.AddMinutes(-5)) });
        Assert.NotNull(page.Find("[data-testid=overdue]"));
        Assert.Contains("overdue", page.Find("[data-testid=clock]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Notifications_MarkAllRead_LeavesNoneUnread()
    {
        Notices.Rows.Add(new NoticeView(1, TestTiles.Now, NoticeLevel.Critical, "ticket.escalated", "T-7 is escalated", "x", "/tickets/T-7", "T-7", null, null));
        Services.GetNavigation().NavigateTo("/notifications?critical=true");
        var page = Render<NotificationsPage>();
        Assert.Single(page.FindAll("li.unread"));

        page.Find("[data-testid=read-all]").Click();

        Assert.Empty(page.FindAll("li.unread"));
        Assert.True(Notices.Asked!.CriticalOnly);
        Assert.Equal("0", Render<NoticeBell>().Find("[data-testid=bell]").GetAttribute("data-unread"));
    }

    private IRenderedComponent<TicketDetailPage> Draw(string address, Ticket? ticket = null)
    {
        Feed.Push(TestTiles.Tile());
        Tickets.Detail = new TicketDetail(ticket ?? Case, [], []);
        Services.GetNavigation().NavigateTo(address);
        return Render<TicketDetailPage>(p => p.Add(x => x.Number, "T-7"));
    }
}
