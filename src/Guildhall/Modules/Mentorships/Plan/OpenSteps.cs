using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Library;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>The steps of the published plan that a shop has not done as far as its figures and ticks say, whether it has begun the plan or not.</summary>
sealed class OpenSteps(GuildhallDb db, LibraryLookup library, SellerLookup sellers) : IKnowOpenSteps
{
    public async Task<IReadOnlyList<OpenStep>> Of(Guid sellerId, CancellationToken stop)
    {
        if (await library.CurrentPlan(stop) is not { } plan) return [];
        var done = await db.Set<StepMark>().Where(mark => mark.SellerId == sellerId).Select(mark => mark.StepKey).ToListAsync(stop);
        var reached = await sellers.LastDay(stop) is { } day ? (await sellers.Milestones([sellerId], day, stop)).GetValueOrDefault(sellerId) : null;
        return [.. from step in plan.Steps
                   where step.Playbook is not null && !done.Contains(step.Key)
                   let check = step.CompletesWhen is { } condition ? StepFigures.Check(condition, reached) : null
                   where check is not { IsMet: true }
                   select new OpenStep(step.Title, step.Why, step.Playbook!, check?.SoFar)];
    }
}
