using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Sessions;

/// <summary>The addresses of sessions, one set on each side.</summary>
static class SessionRoutes
{
    const string TimeInAddress = "yyyyMMdd'T'HHmm'Z'";

    public static string Root(Side side) => side == Side.Mentee ? "/me/sessions" : "/mentor/sessions";

    public static string Path(Side side, Guid id) => $"{Root(side)}/{id}";

    /// <param name="isShort">For one question.</param>
    public static string BookPath(Side side, Guid pairId, bool isShort = false) => $"{Root(side)}/book?pair={pairId}{(isShort ? "&short=true" : "")}";

    /// <summary>A time as an address carries it.</summary>
    public static string InAddress(DateTimeOffset at) => at.UtcDateTime.ToString(TimeInAddress, CultureInfo.InvariantCulture);

    public static DateTimeOffset? FromAddress(string? text) =>
        DateTimeOffset.TryParseExact(text, TimeInAddress, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            var own = routes.MapGroup(Root(side)).RequireAccess(AccessTable.TakePart);
            own.MapGet("", (int? page, string? did, ShopActor shop, SessionPages pages, CancellationToken stop) => pages.List(side, shop, page ?? 1, did, stop));
            own.MapGet("book", (Guid? pair, string? @short, string? at, ShopActor shop, TimePages pages, CancellationToken stop) => pages.ForNew(side, shop, pair, @short == "true", at, stop));
            own.MapPost("book", (FormFields form, ShopActor shop, TimePages pages, CancellationToken stop) => pages.Book(side, shop, form, stop));
            own.MapPost("feed", (ShopActor shop, SessionPages pages, CancellationToken stop) => pages.MakeFeed(side, shop, stop));
            own.MapPost("feed/stop", (ShopActor shop, SessionPages pages, CancellationToken stop) => pages.StopFeed(side, shop, stop));
            own.MapGet("{id:guid}", (Guid id, string? did, ShopActor shop, SessionPages pages, CancellationToken stop) => pages.One(id, side, shop, did, new FormFields(), null, stop));
            own.MapGet("{id:guid}/move", (Guid id, string? at, ShopActor shop, TimePages pages, CancellationToken stop) => pages.ForMoved(id, side, shop, at, null, stop));
            own.MapPost("{id:guid}/move", (Guid id, FormFields form, ShopActor shop, TimePages pages, CancellationToken stop) => pages.Move(id, side, shop, form, stop));
            own.MapPost("{id:guid}/cancel", (Guid id, FormFields form, ShopActor shop, SessionPages pages, CancellationToken stop) => pages.Cancel(id, side, shop, form, stop));
            own.MapPost("{id:guid}/agenda", (Guid id, FormFields form, ShopActor shop, SessionPages pages, CancellationToken stop) => pages.WriteAgenda(id, side, shop, form, stop));
            own.MapPost("{id:guid}/link", (Guid id, FormFields form, ShopActor shop, SessionPages pages, CancellationToken stop) => pages.SetLink(id, side, shop, form, stop));
            own.MapPost("{id:guid}/outcome", (Guid id, FormFields form, ShopActor shop, SessionPages pages, CancellationToken stop) => pages.Say(id, side, shop, form, stop));
        }
    }

    public static Area AreaOf(Side side) => side == Side.Mentee ? Area.Me : Area.Mentor;
}
