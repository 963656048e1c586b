using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using PaymentHsm.Device.Simulator.Canaries;
using PaymentHsm.Portal.Grains.Canaries;
using PaymentHsm.Portal.Persistence.Canaries;

namespace PaymentHsm.Portal.Persistence.Canaries
{
    internal sealed class CanaryRow
    {
        public int Id { get; set; }
    }

    internal static class UsesGrain
    {
        public static Type Of() => typeof(GrainCanary);
    }

    internal static class UsesWeb
    {
        public static string? Path(HttpContext context) => context.Request.Path;
    }
}

namespace PaymentHsm.Portal.Grains.Canaries
{
    internal sealed class GrainCanary;

    internal static class UsesEntityFramework
    {
        public static void Save(DbContext db) => db.SaveChanges();
    }

    internal static class UsesPersistence
    {
        public static int Of() => new CanaryRow().Id;
    }
}

namespace PaymentHsm.Portal.Components.Canaries
{
    internal static class UsesPersistence
    {
        public static int Of() => new CanaryRow().Id;
    }
}

namespace PaymentHsm.Portal.Fleet.Canaries
{
    internal abstract class Page : ComponentBase;

    internal sealed class PageUsesGrain : Page
    {
        [Inject]
        public required GrainCanary Grain { get; init; }
    }

    internal sealed class PageUsesDevice : Page
    {
        public static bool Is(object value) => value is SimulatorCanary;
    }

    internal sealed class PageUsesEntityFramework : ComponentBase
    {
        public static IQueryable<CanaryRow> Rows(DbContext db) => db.Set<CanaryRow>().AsNoTracking();
    }
}

namespace PaymentHsm.Portal.Api.Canaries
{
    internal static class UsesDevice
    {
        public static bool Is(object value) => value is SimulatorCanary;
    }
}

namespace PaymentHsm.Portal.Live.Canaries
{
    internal static class UsesClock
    {
        public static DateTime Today() => DateTime.Today;
    }

    internal static class Sleeps
    {
        public static void Nap() => Thread.Sleep(1);
    }
}
