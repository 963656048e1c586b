using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Identity;

/// <summary>Who are you: personas in Development, Entra ID everywhere else.</summary>
public partial class SignInPage
{
    [Inject]
    public required SignInOptionsView Options { get; init; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    /// <summary>Only addresses of this portal: anything else would make the page a springboard to a stranger's.</summary>
    private string Goal => ReturnUrl is ['/', not ('/' or '\\'), ..] ? ReturnUrl : "/";

    private static string Duty(Role role) => role switch
    {
        Role.Support => "Takes tickets; asks for reboots and force deletes, never approves them.",
        Role.Engineering => "Confirms restarts, signs force deletes and destructions.",
        Role.Datacenter => "Carries out work orders at the rack. No device or key access.",
        Role.Auditor => "Reads, exports, verifies. No action.",
        _ => "Programs that allocate and deallocate. Shown for tests.",
    };

    private string Link(Actor persona) => Query.Address("/dev/signin", ("as", persona.Id), ("returnUrl", Goal));
}
