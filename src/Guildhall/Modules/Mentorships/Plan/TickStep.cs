using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Ticks a step of the own plan, or takes the tick back. A second tap changes nothing.</summary>
sealed class TickStep(GuildhallDb db, ReadPlan read, OwnClock own, TimeProvider clock)
{
    public async Task<Result<StepView>> Run(ShopActor shop, string key, bool isDone, CancellationToken stop)
    {
        var (plan, _) = await read.Of(shop.SellerId, await own.Of(shop, stop), stop);
        if (plan?.Find(key) is not { } step) return Refusal.NotFound("step");

        if (!isDone)
        {
            if (step.FiguresOn is not null) return Refusal.Conflict("by_figures", $"Your shop’s figures show that “{step.Step.Title}” is done, so it stays ticked. Nothing was changed.");
            await db.Set<StepMark>().Where(mark => mark.SellerId == shop.SellerId && mark.StepKey == key && mark.FiguresOn == null).ExecuteDeleteAsync(stop);
            return step;
        }

        if (step.State == StepState.Done) return step;
        if (step.State == StepState.Waiting) return Refusal.Conflict("waits", $"“{step.Step.Title}” can’t start yet: at most {PlanView.MostOpen} steps are open at a time. Finish one of them first. Nothing was changed.");
        if (!step.MayTick) return Refusal.Conflict("by_figures", $"“{step.Step.Title}” ticks itself when your shop’s figures show it. So far: {step.Figures!.SoFar}. Nothing was changed.");
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO mentorships.step_mark (seller_id, step_key, done_at, done_by) VALUES ({shop.SellerId}, {key}, {clock.GetUtcNow()}, {shop.AccountId}) ON CONFLICT DO NOTHING
            """, stop);
        return step;
    }
}
