using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Identity;

/// <summary>How people sign in here, as the sign-in page needs to know it.</summary>
/// <param name="Development">True: personas without a password, on this machine only. False: Entra ID.</param>
/// <param name="Personas">The development personas; empty with Entra ID.</param>
public sealed record SignInOptionsView(bool Development, IReadOnlyList<Persona> Personas)
{
    /// <summary>Sign-in by Entra ID.</summary>
    public static SignInOptionsView Entra { get; } = new(false, []);

    /// <summary>The fixed personas of the Development environment.</summary>
    public static SignInOptionsView DevelopmentPersonas { get; } = new(true,
    [
        new("support1", Role.Support), new("support2", Role.Support),
        new("engineer1", Role.Engineering), new("engineer2", Role.Engineering), new("engineer3", Role.Engineering),
        new("datacenter1", Role.Datacenter), new("datacenter2", Role.Datacenter),
        new("auditor1", Role.Auditor),
        new("automation1", Role.Automation),
    ]);
}

/// <summary>A person of the Development environment.</summary>
public sealed record Persona(string Name, Role Role);
