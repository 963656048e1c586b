using Bunit;
using PaymentHsm.Domain;
using PaymentHsm.Portal.Tickets;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class OpenTicketPageTests : PageTests
{
    [Fact]
    public void Send_EmptyForm_SaysAllFaultsAtOnce()
    {
        var page = Render<OpenTicketPage>();

        page.Find("form").Submit();

        foreach (var field in new[] { "subject", "serial" })
        {
            Assert.NotNull(page.Find($"[data-testid=fault-{field}]"));
            Assert.Equal("true", page.Find($"#{field}").GetAttribute("aria-invalid"));
        }

        Assert.Equal(2, page.FindAll("[data-testid=faults] li").Count);
        Assert.Empty(Tickets.Opened);
    }

    [Fact]
    public void Type_AfterTheFirstTry_ClearsTheFaultAtOnce()
    {
        var page = Render<OpenTicketPage>();
        page.Find("form").Submit();

        page.Find("#subject").Input("No answer on HOST1");

        Assert.Empty(page.FindAll("[data-testid=fault-subject]"));
        Assert.NotEmpty(page.FindAll("[data-testid=fault-serial]"));
    }

    [Fact]
    public void Send_Refused_ShowsTheRuleAndKeepsWhatWasTyped()
    {
        Tickets.Refuses = new Refusal("R9", RefusalKind.NotThisPerson, "Auditors read; they change nothing.", "Support may.");
        var page = Render<OpenTicketPage>();
        Fill(page);

        page.Find("form").Submit();

        var refusal = page.Find("[data-testid=refusal]");
        Assert.Equal("R9", refusal.GetAttribute("data-rule"));
        Assert.Contains("Support may.", refusal.TextContent, StringComparison.Ordinal);
        Assert.Equal("No answer on HOST1", page.Find("#subject").GetAttribute("value"));
        Assert.Equal("A4665271234F", page.Find("#serial").GetAttribute("value"));
    }

    [Fact]
    public void Send_GoodForm_OpensTheTicketForTheDevicesCustomerAndGoesThere()
    {
        Feed.Push(TestTiles.Tile());
        Services.GetNavigation().NavigateTo("/tickets/new?serial=A4665271234F");
        var page = Render<OpenTicketPage>();
        Fill(page);

        page.Find("form").Submit();

        Assert.Equal(new OpenTicket("No answer on HOST1", "A4665271234F", "Unresponsive", "High", "Contoso Acquiring", null), Assert.Single(Tickets.Opened));
        Assert.EndsWith("/tickets/T-10500", Services.GetNavigation().Uri, StringComparison.Ordinal);
    }

    private static void Fill(IRenderedComponent<OpenTicketPage> page)
    {
        page.Find("#subject").Input("No answer on HOST1");
        page.Find("#serial").Input("A4665271234F");
        page.Find("#category").Change("Unresponsive");
        page.Find("#severity").Change("High");
    }
}
