using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Library;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Why there is no plan to show.</summary>
public enum NoPlan
{
    /// <summary>No program has taken the shop in as a mentee.</summary>
    TakesNoPart,

    /// <summary>The plan is not published, or past its review date, and the shop has not begun it.</summary>
    BeingReviewed,
}

/// <summary>Reads a shop's plan: begins it where it was not begun, and ticks what the figures show by now.</summary>
sealed class ReadPlan(GuildhallDb db, EnrollmentLookup enrollment, ProgramLookup programs, LibraryLookup library, SellerLookup sellers, TimeProvider clock)
{
    /// <param name="zone">On whose clocks days are counted.</param>
    public async Task<(PlanView? Plan, NoPlan? Why)> Of(Guid sellerId, TimeZoneInfo zone, CancellationToken stop)
    {
        var seat = (await enrollment.SeatsOf(sellerId, stop)).FirstOrDefault(seat => seat.Side == Side.Mentee);
        var start = await StartOf(sellerId, stop);
        if (start is null && seat is null) return (null, NoPlan.TakesNoPart);
        if (start is null)
        {
            if (await library.CurrentPlan(stop) is not { } current) return (null, NoPlan.BeingReviewed);
            await db.BeginPlans([sellerId], current.Version, clock.GetUtcNow(), stop);
            start = await StartOf(sellerId, stop) ?? throw new InvalidOperationException("A plan that was just begun is gone, which no use case does.");
        }

        if (await library.Plan(start.Version, stop) is not { } plan) return (null, NoPlan.BeingReviewed);
        var joinedAt = seat?.JoinedAt ?? start.StartedAt;
        var program = seat is null ? null : await programs.ById(seat.ProgramId, stop);
        var joinedOn = DayOf(joinedAt, zone);
        var beganOn = program is not null && program.StartsOn > joinedOn ? program.StartsOn : joinedOn;

        var marks = await Marks(sellerId, stop);
        var reached = plan.Steps.Any(step => step.CompletesWhen is not null && !marks.ContainsKey(step.Key)) ? await Reached(sellerId, stop) : null;
        if (await db.TickByFigures(sellerId, plan.Steps, marks, reached, clock.GetUtcNow(), stop)) marks = await Marks(sellerId, stop);
        return (PlanView.Of(plan, beganOn, DayOf(clock.GetUtcNow(), zone), marks, condition => StepFigures.Check(condition, reached)), null);
    }

    async Task<ShopMilestones?> Reached(Guid sellerId, CancellationToken stop) =>
        (await sellers.Milestones([sellerId], await sellers.LastDay(stop) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), stop)).GetValueOrDefault(sellerId);

    Task<PlanStart?> StartOf(Guid sellerId, CancellationToken stop) => db.Set<PlanStart>().AsNoTracking().SingleOrDefaultAsync(start => start.SellerId == sellerId, stop);

    async Task<IReadOnlyDictionary<string, StepMark>> Marks(Guid sellerId, CancellationToken stop) =>
        await db.Set<StepMark>().AsNoTracking().Where(mark => mark.SellerId == sellerId).ToDictionaryAsync(mark => mark.StepKey, stop);

    static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}

/// <summary>What both the page and the background write, each once however often it is done.</summary>
static class PlanWrites
{
    public static Task BeginPlans(this GuildhallDb db, Guid[] sellerIds, int version, DateTimeOffset now, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO mentorships.plan_start (seller_id, version, started_at) SELECT id, {version}, {now} FROM unnest({sellerIds}) id ON CONFLICT DO NOTHING
        """, stop);

    /// <returns>Whether there was anything to tick.</returns>
    public static async Task<bool> TickByFigures(this GuildhallDb db, Guid sellerId, IReadOnlyList<PlanStep> steps, IReadOnlyDictionary<string, StepMark> marks, ShopMilestones? reached, DateTimeOffset now, CancellationToken stop)
    {
        var met = Met(steps, marks, reached).ToList();
        if (met.Count == 0) return false;
        await db.TickByFigures([.. met.Select(_ => sellerId)], [.. met.Select(one => one.Key)], [.. met.Select(one => one.On)], now, stop);
        return true;
    }

    /// <summary>The steps that the figures show done and that don't carry it yet, also where a person ticked them.</summary>
    public static IEnumerable<(string Key, DateOnly On)> Met(IReadOnlyList<PlanStep> steps, IReadOnlyDictionary<string, StepMark> marks, ShopMilestones? reached) =>
        from step in steps
        where step.CompletesWhen is not null && marks.GetValueOrDefault(step.Key)?.FiguresOn is null
        let check = StepFigures.Check(step.CompletesWhen!, reached)
        where check is { IsMet: true, MetOn: not null }
        select (step.Key, check.MetOn!.Value);

    public static Task TickByFigures(this GuildhallDb db, Guid[] sellerIds, string[] keys, DateOnly[] days, DateTimeOffset now, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO mentorships.step_mark (seller_id, step_key, done_at, figures_on)
        SELECT seller_id, step_key, {now}, figures_on FROM unnest({sellerIds}, {keys}, {days}) AS met(seller_id, step_key, figures_on)
        ON CONFLICT (seller_id, step_key) DO UPDATE SET figures_on = excluded.figures_on WHERE step_mark.figures_on IS NULL
        """, stop);
}
