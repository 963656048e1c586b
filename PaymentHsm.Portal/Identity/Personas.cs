using System.Globalization;
using System.Security.Claims;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Identity;

/// <summary>The people of the Development sign-in. They exist in the Development environment only.</summary>
public static class Personas
{
    public static IReadOnlyList<Actor> All { get; } =
    [
        new("support1", Role.Support),
        new("support2", Role.Support),
        new("engineer1", Role.Engineering),
        new("engineer2", Role.Engineering),
        new("engineer3", Role.Engineering),
        new("datacenter1", Role.Datacenter),
        new("datacenter2", Role.Datacenter),
        new("auditor1", Role.Auditor),
        new("automation1", Role.Automation),
    ];

    /// <summary>The persona of that name; null when there is none.</summary>
    public static Actor? Find(string? name) => All.FirstOrDefault(p => p.Id == name);

    /// <param name="actor">Who.</param>
    /// <param name="scheme">How they signed in.</param>
    /// <param name="at">When they did: what a signature calls fresh or not.</param>
    internal static ClaimsPrincipal Principal(Actor actor, string scheme, DateTimeOffset at) => new(new ClaimsIdentity(
        [
            new Claim(ActorClaims.PersonId, actor.Id), new Claim("name", actor.Id), new Claim("roles", actor.Role.ToString()),
            new Claim(ActorClaims.SignInTime, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
        ],
        scheme, "name", "roles"));
}
