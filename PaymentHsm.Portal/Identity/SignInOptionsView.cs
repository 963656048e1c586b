using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Identity;

/// <summary>How people sign in here, as the sign-in page needs to know it.</summary>
/// <param name="Development">True: personas without a password, on this machine only. False: Entra ID.</param>
/// <param name="Personas">The development personas; empty with Entra ID.</param>
public sealed record SignInOptionsView(bool Development, IReadOnlyList<Actor> Personas)
{
    /// <summary>Sign-in by Entra ID.</summary>
    public static SignInOptionsView Entra { get; } = new(false, []);

    /// <summary>The fixed personas of the Development environment.</summary>
    public static SignInOptionsView DevelopmentPersonas { get; } = new(true, Identity.Personas.All);
}
