using System.Globalization;
using System.Security.Claims;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Identity;

/// <summary>The signed-in person as the domain knows them.</summary>
public static class ActorClaims
{
    /// <summary>The claim that carries the stable id of the person.</summary>
    public const string PersonId = "sub";

    /// <summary>The claim that says when the person last proved who they are (OpenID Connect), in seconds since 1970.</summary>
    public const string SignInTime = "auth_time";

    /// <summary>When the person last proved who they are; null when the sign-in does not say, and then nothing that needs a fresh one is open to them.</summary>
    public static DateTimeOffset? SignedInAt(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var text = user.FindFirstValue(SignInTime) ?? user.FindFirstValue(ClaimTypes.AuthenticationInstant);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

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
