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

    internal static ClaimsPrincipal Principal(Actor actor, string scheme) => new(new ClaimsIdentity(
        [new Claim(ActorClaims.PersonId, actor.Id), new Claim("name", actor.Id), new Claim("roles", actor.Role.ToString())],
        scheme, "name", "roles"));
}
