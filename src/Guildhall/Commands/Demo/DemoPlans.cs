using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Library;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Commands.Demo;

/// <summary>Plans under way: those who were taken in have ticked a step or two and share some of their figures, and what the figures of the cohort show is ticked.</summary>
sealed class DemoPlans(GuildhallDb db, SeedStarterSet starterSet, CheckPlans check, TickStep tick, ChangeConsent consents)
{
    static readonly string[] ticked = ["meet-your-mentor", "work-out-your-floor", "return-policy"];
    static readonly string[] shared = ["plan", "orders", "listings", "reviews", "sales"];

    public async Task Run(Guid programId, CancellationToken stop)
    {
        // The command fills an installation that was never started, whose library is empty.
        await starterSet.Run(stop);
        await check.Run(stop);
        var accepted = await db.Set<Application>().AsNoTracking().Where(application => application.ProgramId == programId && application.Side == Side.Mentee && application.State == ApplicationState.Accepted)
            .OrderBy(application => application.Id).Select(application => new { application.AccountId, application.SellerId, application.PersonName }).ToListAsync(stop);
        foreach (var (at, one) in accepted.Index())
        {
            var shop = new ShopActor(one.AccountId, one.SellerId, one.PersonName);
            foreach (var step in ticked.Take(at % (ticked.Length + 1))) await tick.Run(shop, step, isDone: true, stop);
            foreach (var item in shared.Take((at * 2) % (shared.Length + 1))) await consents.Give(shop, SharedFigure.Find(item)!.Purpose, stop);
        }
    }
}
