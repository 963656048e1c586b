using System.Security.Claims;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Identity;

/// <summary>The signed-in person as the domain knows them.</summary>
public static class ActorClaims
{
    /// <summary>The claim that carries the stable id of the person.</summary>
    public const string PersonId = "sub";

    /// <summary>The actor behind a signed-in user; null when nobody is signed in or the user has none of our roles.</summary>
    public static Actor? ToActor(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var id = user.FindFirstValue(PersonId) ?? user.FindFirstValue("oid") ?? user.Identity?.Name;
        if (user.Identity?.IsAuthenticated != true || string.IsNullOrEmpty(id))
        {
            return null;
        }

        foreach (var role in Enum.GetValues<Role>())
        {
            if (user.IsInRole(role.ToString()))
            {
                return new Actor(id, role);
            }
        }

        return null;
    }
}
