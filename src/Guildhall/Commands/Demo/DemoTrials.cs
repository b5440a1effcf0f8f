using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Commands.Demo;

/// <summary>Free trials of the demo's program in every state that there is, by shops that applied and were not taken in yet, with one session that is past and one to come.</summary>
sealed class DemoTrials(GuildhallDb db, PickTips pick, TimeProvider clock)
{
    const string Zone = "America/New_York";

    /// <param name="DaysAgo">When it was started.</param>
    /// <param name="Tips">How many are done.</param>
    sealed record Plan(int DaysAgo, TrialState State, Chosen Session, bool? Came, int Tips);

    enum Chosen { None, Past, Coming }

    static readonly IReadOnlyList<Plan> plans =
    [
        new(1, TrialState.Running, Chosen.Coming, null, 0), new(3, TrialState.Running, Chosen.Coming, null, 1), new(5, TrialState.Running, Chosen.None, null, 0), new(11, TrialState.Running, Chosen.Past, true, 2),
        new(17, TrialState.Ended, Chosen.Past, true, 3), new(18, TrialState.Ended, Chosen.Past, false, 1), new(19, TrialState.Ended, Chosen.Past, null, 2), new(16, TrialState.Stopped, Chosen.None, null, 0),
    ];

    /// <returns>How many there are now; 0 when they were there before.</returns>
    public async Task<int> Run(ProgramFacts program, CancellationToken stop)
    {
        if (await db.Set<Trial>().AnyAsync(stop)) return 0;
        var now = clock.GetUtcNow();
        var today = ProgramDays.Today(Zone, now);
        var past = Session(program, today.AddDays(-7), new TimeOnly(18, 0), now.AddDays(-21));
        var coming = Session(program, today.AddDays(2), new TimeOnly(18, 0), now.AddDays(-2));
        db.AddRange(past, coming, Session(program, today.AddDays(6), new TimeOnly(12, 30), now.AddDays(-2)));

        var shops = await db.Set<Application>().AsNoTracking().Where(a => a.ProgramId == program.Id && a.Side == Side.Mentee && a.State != ApplicationState.Accepted).OrderBy(a => a.Id)
            .Select(a => new ShopActor(a.AccountId, a.SellerId, a.PersonName)).Take(plans.Count).ToListAsync(stop);
        foreach (var (shop, plan) in shops.Zip(plans))
        {
            var startedAt = now.AddDays(-plan.DaysAgo);
            var trial = Trial.Start(program, shop, Zone, startedAt);
            db.Add(trial);
            foreach (var (at, picked) in (await pick.For(program, shop.SellerId, stop)).Index())
            {
                var tip = new TrialTip(trial.Id, at + 1, picked, StartTrial.OpensOn(trial, at));
                if (at < plan.Tips) tip.Tick(startedAt.AddDays(1 + (3 * at)) is var done && done < now ? done : now);
                db.Add(tip);
            }

            if (plan.Session != Chosen.None) trial.Choose(plan.Session == Chosen.Past ? past : coming, null, startedAt.AddHours(1));
            trial.Mark(plan.Came);
            if (plan.State == TrialState.Ended) trial.End(trial.EndsAt);
            else if (plan.State == TrialState.Stopped) trial.Stop(null, Zone, startedAt.AddDays(5));
        }

        await db.SaveChangesAsync(stop);
        return Math.Min(shops.Count, plans.Count);
    }

    static TrialSession Session(ProgramFacts program, DateOnly day, TimeOnly time, DateTimeOffset postedAt) =>
        TrialSession.Post(program.Id, new TrialSessionForm(day.ToDateTime(time), Zone, 45, "https://meet.example.com/harrow-lane", 4), Actor.Product.AccountId, postedAt).Value;
}
