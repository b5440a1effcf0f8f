using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Library;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>The addresses of the own plan.</summary>
static class PlanRoutes
{
    public const string Root = "/me/plan";

    public static string Path(string key) => $"{Root}/{Uri.EscapeDataString(key)}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(Root).RequireAccess(AccessTable.TakePart);
        own.MapGet("", (string? did, ShopActor shop, ReadPlan read, OwnClock clock, Shell shell, CancellationToken stop) => ShowPlan(did, null, shop, read, clock, shell, stop));
        own.MapGet("{step}", async (string step, string? did, ShopActor shop, ReadPlan read, OwnClock clock, LibraryLookup library, Shell shell, CancellationToken stop) =>
        {
            var (plan, _) = await read.Of(shop.SellerId, await clock.Of(shop, stop), stop);
            if (plan?.Find(step) is not { } found) return await Page.Refused(shell, Refusal.NotFound("step"), stop);
            var article = found.Step.Playbook is { } slug ? (await library.BySlugs(ReaderSide.Mentee, [slug], stop)).GetValueOrDefault(slug) : null;
            return Page.Of<PlanStepPage>(new
            {
                Shell = await shell.Personal(Area.Me, stop),
                Step = found,
                IsNext = plan.Next == found,
                Article = article is null ? null : new Link(article.Title, LibraryLookup.PathOf(ReaderSide.Mentee, article.Slug)),
                Done = Done(did),
            });
        });
        own.MapPost("{step}", async (string step, FormFields form, ShopActor shop, TickStep tick, ReadPlan read, OwnClock clock, Shell shell, CancellationToken stop) =>
        {
            var isDone = form.Text("Done") != "false";
            if ((await tick.Run(shop, step, isDone, stop)).Succeeded(out var ticked, out var refusal))
            {
                var did = isDone ? "ticked" : "unticked";
                return Results.LocalRedirect(form.Text("From") switch { "home" => "/me", "step" => $"{Path(ticked.Step.Key)}?did={did}", _ => $"{Root}?did={did}" });
            }

            return refusal.Kind == RefusalKind.NotFound ? await Page.Refused(shell, refusal, stop) : await ShowPlan(null, refusal, shop, read, clock, shell, stop);
        });
    }

    static async Task<IResult> ShowPlan(string? did, Refusal? refusal, ShopActor shop, ReadPlan read, OwnClock clock, Shell shell, CancellationToken stop)
    {
        var (plan, why) = await read.Of(shop.SellerId, await clock.Of(shop, stop), stop);
        return Page.Of<PlanPage>(new { Shell = await shell.Personal(Area.Me, stop), Plan = plan, Why = why, Done = Done(did), Problem = refusal?.Message }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static string? Done(string? did) => did switch { "ticked" => "Saved. One step less.", "unticked" => "Saved. The step is open again.", _ => null };
}

/// <summary>The plan on a mentee's start page: the next step, at most two more, and how far it is.</summary>
sealed class PlanOnHome(ReadPlan read, OwnClock clock) : IAddToHome
{
    public async Task<IReadOnlyList<HomeCard>> CardsOf(SellerSeat seat, CancellationToken stop) =>
        seat.Side == Side.Mentee && (await read.Of(seat.Shop.SellerId, await clock.Of(seat.Shop, stop), stop)).Plan is { } plan ? [HomeCard.Of<PlanCard>(20, ("Plan", plan), ("IsMain", !seat.IsAwaited))] : [];
}
