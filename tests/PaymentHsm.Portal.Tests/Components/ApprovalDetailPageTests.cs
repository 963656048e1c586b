using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class ApprovalDetailPageTests : PageTests
{
    private const string Serial = "A4665271234F";

    private static readonly Actor Requester = new("support1", Role.Support);

    [Fact]
    public void Render_ShowsEverythingThatIsSigned()
    {
        var page = Draw(Submitted());

        Assert.All(
            [Serial, "contoso-hsm", "alloc-7f3a", "T-10482", "request.pdf", "CallBack", "Soft reboot", "NotObserved", "cannot be released", "lost irrevocably", "link mgmt down", "6d1f2f3e"],
            text => Assert.Contains(text, page.Markup, StringComparison.Ordinal));
        Assert.Equal(Submitted().Digest, page.Find("[data-testid=digest]").TextContent.Replace(" ", "", StringComparison.Ordinal));
        Assert.Contains(Submitted().Digest[..8], page.Markup, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("none", page.Find("[data-testid=drift]").GetAttribute("data-value")));
    }

    [Fact]
    public void Approve_OpensOnlyWithWholeSerialCommentAndFreshSignIn_AndHandsInWhatWasRead()
    {
        var page = Draw(Submitted());
        Assert.Equal("true", page.Find("[data-testid=approve]").GetAttribute("aria-disabled"));

        page.Find("[data-testid=confirm-serial]").Input(Serial[..8]);
        Assert.Contains("8 of 12 characters", page.Markup, StringComparison.Ordinal);
        page.Find("[data-testid=confirm-serial]").Input($" {Serial} ");
        Assert.Equal("true", page.Find("[data-testid=approve]").GetAttribute("aria-disabled"));
        page.Find("[data-testid=comment]").Input("Agree.");
        page.Find("[data-testid=approve]").Click();

        var (by, signature) = Assert.Single(Approvals.Signed);
        Assert.Equal(("engineer2", DecisionKind.Approve, Submitted().Digest, "Agree."), (by, signature.Kind, signature.Digest, signature.Comment));
        Assert.Equal(TestTiles.Now, signature.SignedInAt);
    }

    [Fact]
    public void Approve_OldSignIn_IsClosedAndLeadsToANewOne()
    {
        Clock.Advance(TimeSpan.FromMinutes(6));
        var page = Draw(Submitted());
        page.Find("[data-testid=confirm-serial]").Input(Serial);
        page.Find("[data-testid=comment]").Input("Agree.");

        Assert.Equal("old", page.Find("[data-testid=step-up]").GetAttribute("data-value"));
        Assert.Equal("true", page.Find("[data-testid=approve]").GetAttribute("aria-disabled"));
        Assert.Contains("returnUrl=%2Fapprovals%2FAPR-0117", page.Find("[data-testid=sign-in-again]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_Refused_SaysTheRuleAndKeepsWhatWasTyped()
    {
        Approvals.Refusal = new Refusal("R74", RefusalKind.NotInThisState, "Changed since it was signed: resourceGeneration (signed 3, now 4).");
        var page = Draw(Submitted());
        page.Find("[data-testid=confirm-serial]").Input(Serial);
        page.Find("[data-testid=comment]").Input("Agree.");
        page.Find("[data-testid=approve]").Click();

        Assert.Equal("R74", page.Find("[data-testid=refusal]").GetAttribute("data-rule"));
        Assert.Equal("Agree.", page.Find("[data-testid=comment]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("support1", "R75")]
    [InlineData("engineer1", "R75")]
    [InlineData("owner1", "I6")]
    public void Panel_WhoMayNotSign_SeesTheRuleInsteadOfTheButton(string who, string rule)
    {
        var request = Done(Submitted().Decide(Yes("engineer1"), new ApprovalOptions()));
        var page = Draw(request, who, who == "support1" ? "Support" : "Engineering");

        Assert.Contains(page.FindAll("[data-rule]"), e => e.GetAttribute("data-rule") == rule);
        Assert.Empty(page.FindAll("[data-testid=approve]"));
    }

    [Fact]
    public void Drift_IsShownAsSignedAgainstNow()
    {
        Approvals.Changes = [new BindingChange("observedState.link-mgmt", "down", "up")];
        var page = Draw(Submitted());

        page.WaitForAssertion(() => Assert.Equal("changed", page.Find("[data-testid=drift]").GetAttribute("data-value")));
        Assert.Contains("Observed state, link mgmt", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Push_AnothersSignature_AppearsWithoutLosingWhatIsTyped()
    {
        var page = Draw(Submitted());
        page.Find("[data-testid=comment]").Input("half a sent");
        page.Find("[data-testid=confirm-serial]").Input(Serial);
        Assert.Contains("1 more must sign", page.Markup, StringComparison.Ordinal);

        Approvals.Push(Done(Submitted().Decide(Yes("engineer1"), new ApprovalOptions())));

        page.WaitForAssertion(() => Assert.NotNull(page.Find("[data-testid=decision-engineer1]")));
        Assert.Equal("half a sent", page.Find("[data-testid=comment]").GetAttribute("value"));
        Assert.Contains("Yours is the last signature: the approval is armed at once.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Armed_WhoSigned_MayNotDelete_AnotherTypesTheSerialFirst()
    {
        var armed = Done(Done(Done(Submitted().Decide(Yes("engineer1"), new ApprovalOptions())).Decide(Yes("engineer3"), new ApprovalOptions())).Arm(Binding, new ApprovalOptions(), TestTiles.Now));
        var page = Draw(armed);
        Assert.Equal("true", page.Find("[data-testid=execute]").GetAttribute("aria-disabled"));
        page.Find("[data-testid=confirm-serial]").Input(Serial);
        page.Find("[data-testid=execute]").Click();
        Assert.Single(Deletes.Executed);

        Deletes.Closed = new Refusal("R10", RefusalKind.NotThisPerson, "engineer2 signed APR-0117.");
        Approvals.Push(armed with { Version = armed.Version + 1 });
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=execute]")));
    }

    private static ApprovalBinding Binding { get; } = new(
        HsmSerial.Parse(Serial), "6d1f2f3e", "/subscriptions/x/resourceGroups/rg/providers/Microsoft.HardwareSecurityModules/dedicatedHSMs/contoso-hsm", 3, "alloc-7f3a", "T-10482", 5, new string('d', 64), "ForceDelete",
        new Dictionary<string, string>
        {
            ["operationId"] = "2f6a4b1e-8b2d-4a86-9f5e-6f1b2c3d4e5f",
            ["scope"] = "AllCustomerContent",
            ["customer"] = "Contoso",
            ["reason"] = "cannot be released",
            ["ladder"] = "Soft reboot: NotObserved\nHard reboot: NotObserved",
            ["documentId"] = "D-1",
            ["documentName"] = "request.pdf",
            ["documentSender"] = "Ann",
            ["documentReceivedAt"] = "2026-11-23",
            ["documentChannel"] = "portal",
            ["documentVerification"] = "CallBack",
        },
        null, new Dictionary<string, string> { ["link-mgmt"] = "down", ["tamper"] = "none" }, "What happens: All keys are lost irrevocably. The operator holds no copy.\nLost: LMK.");

    private static ApprovalRequest Submitted() => Done(ApprovalRequest.Draft("APR-0117", Requester.Id, ["owner1"], Binding).Submit(3, new ApprovalOptions(), TestTiles.Now));

    private static Decision Yes(string by) => new(new Actor(by, Role.Engineering), TestTiles.Now, DecisionKind.Approve, Binding.Digest(), Serial, TestTiles.Now, "Agree.");

    private static ApprovalRequest Done(Outcome<ApprovalRequest> outcome) => Assert.IsType<Outcome<ApprovalRequest>.Done>(outcome).Value;

    private IRenderedComponent<ApprovalDetailPage> Draw(ApprovalRequest request, string who = "engineer2", string role = "Engineering")
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim("sub", who), new Claim(ClaimTypes.Role, role), new Claim("auth_time", TestTiles.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))], "test"));
        Approvals.Request = request;
        return Render<ApprovalDetailPage>(p => p.Add(a => a.Id, request.Id).AddCascadingValue(Task.FromResult(new AuthenticationState(user))));
    }
}
