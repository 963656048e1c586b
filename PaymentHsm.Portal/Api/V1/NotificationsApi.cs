using System.Security.Claims;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Notifications;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>What the caller was told.</summary>
internal static class NotificationsApi
{
    public static void MapNotifications(this RouteGroupBuilder api)
    {
        api.MapGet("/notifications", async (INoticeList notices, ClaimsPrincipal user, bool? unread, bool? critical, int? skip, int? take, CancellationToken stop) => user.ToActor() is { } actor
            ? Results.Ok(await notices.PageAsync(actor, new NoticeFilter(unread ?? false, critical ?? false, skip ?? 0, Math.Clamp(take ?? 100, 1, 500)), stop))
            : Refused.NoRole()).WithSummary("The caller's notices, newest first.");
        api.MapPost("/notifications/read", async (ReadBody? body, INoticeList notices, ClaimsPrincipal user, CancellationToken stop) =>
        {
            if (user.ToActor() is not { } actor)
            {
                return Refused.NoRole();
            }

            await notices.MarkReadAsync(actor, body?.Ids, stop);
            return Results.NoContent();
        }).WithSummary("Marks notices as read: those of the ids, or all.");
    }
}

/// <summary>Body of POST /notifications/read.</summary>
/// <param name="Ids">Null means all.</param>
internal sealed record ReadBody(IReadOnlyList<long>? Ids);
