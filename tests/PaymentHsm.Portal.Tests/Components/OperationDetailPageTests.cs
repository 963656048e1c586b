using Bunit;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Components;

public sealed class OperationDetailPageTests : PageTests
{
    public static TheoryData<OperationOutcome> Outcomes => new(Enum.GetValues<OperationOutcome>());

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Render_EachOutcome_NamesItAndSaysWhatNext(OperationOutcome outcome)
    {
        var page = Draw(Reboot() with { State = OperationState.Finished, Outcome = outcome, OutcomeDetail = "Boot counter 17, unchanged.", FinishedAt = TestTiles.Now });

        var shown = page.Find("[data-testid=operation-outcome]");
        Assert.Equal(outcome.ToString(), shown.GetAttribute("data-value"));
        Assert.Contains(outcome.ToString(), shown.TextContent.Split('.')[0].Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Boot counter 17, unchanged.", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("success", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(page.FindAll("[data-testid=confirm-operation]"));
    }

    [Fact]
    public void Confirm_OpenToTheViewer_SendsAndShowsRunning()
    {
        var page = Draw(Reboot());

        page.Find("[data-testid=confirm-operation]").Click();

        Assert.Equal("engineer2", Assert.Single(Operations.Confirmed).Id);
        page.WaitForAssertion(() => Assert.Equal("Running", page.Find("[data-testid=operation-state]").GetAttribute("data-value")));
        Assert.Empty(page.FindAll("[data-testid=confirm-operation]"));
    }

    [Fact]
    public void Confirm_ClosedToTheViewer_StaysVisibleWithItsRuleAndDoesNothing()
    {
        Operations.Closed = new Refusal("R10", RefusalKind.NotThisPerson, "You asked for it; a second person confirms.", "engineer1 or engineer3 may.");
        var page = Draw(Reboot());

        var button = page.Find("[data-testid=confirm-operation]");
        Assert.Equal("true", button.GetAttribute("aria-disabled"));
        var why = page.Find($"#{button.GetAttribute("aria-describedby")}");
        Assert.Contains("R10", why.TextContent, StringComparison.Ordinal);
        Assert.Contains("engineer1 or engineer3 may.", why.TextContent, StringComparison.Ordinal);

        Assert.Throws<MissingEventHandlerException>(() => button.Click());
        Assert.Empty(Operations.Confirmed);
    }

    [Fact]
    public void Push_ANewStep_ShowsItsEvidence()
    {
        var operation = Reboot() with { State = OperationState.Running };
        var page = Draw(operation);

        Operations.Push(operation.With(operation.Step("observe").End(StepState.Done, TestTiles.Now, new Evidence("boot counter", "17 to 18", TestTiles.Now))) with { Version = 2 });

        page.WaitForAssertion(() =>
        {
            var step = page.Find("[data-testid=step-observe]");
            Assert.Equal("Done", step.GetAttribute("data-value"));
            Assert.Contains("17 to 18", step.TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Push_AnOlderVersion_DoesNotTurnBackThePage()
    {
        var operation = Reboot() with { State = OperationState.Running, Version = 5 };
        var page = Draw(operation);

        Operations.Push(operation with { State = OperationState.AwaitingConfirmation, Version = 4 });
        Operations.Push(operation with { State = OperationState.Finished, Outcome = OperationOutcome.Verified, Version = 6 });

        page.WaitForAssertion(() => Assert.Equal("Finished", page.Find("[data-testid=operation-state]").GetAttribute("data-value")));
    }

    private static Operation Reboot() => new(
        Guid.Parse("3f1b6a52-0000-0000-0000-00000041d7aa"), OperationKind.SoftReboot, HsmSerial.Parse("A4665271234F"), "T-10482", "Host ports dead", "support1", TestTiles.Now,
        OperationState.AwaitingConfirmation, [OperationStep.ToDo("request"), OperationStep.ToDo("observe")], null, null, TestTiles.Now.AddMinutes(30), null, new OperationProgress.None(), null, 1);

    private IRenderedComponent<OperationDetailPage> Draw(Operation operation)
    {
        Operations.Operation = operation;
        return Render<OperationDetailPage>(p => p.Add(o => o.Id, operation.Id));
    }
}
