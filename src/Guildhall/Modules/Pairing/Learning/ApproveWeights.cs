using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Takes the weights that a reading proposed into use. Only those of the newest reading, judged better, while the settings are still the ones it judged.</summary>
sealed class ApproveWeights(GuildhallDb db, ProgramLookup programs, SteerMatching steer, TimeProvider clock)
{
    /// <param name="number">The reading that the manager looked at.</param>
    public async Task<Refusal?> Run(string slug, int number, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await LearningReading.Lock(db, program, stop);
        if (await db.Set<LearningReading>().SingleOrDefaultAsync(one => one.ProgramId == program.Id && one.Number == number, stop) is not { } reading) return Refusal.NotFound("reading");
        if (await db.Set<WeightApproval>().AnyAsync(approval => approval.ReadingId == reading.Id, stop))
            return Refusal.Conflict("already_approved", "These weights were approved already. Nothing was done twice.");
        if (await db.Set<LearningReading>().AnyAsync(later => later.ProgramId == program.Id && later.Number > number, stop))
            return Refusal.Conflict("newer_reading", "Past pairs were read again since. Nothing was changed. Look at what the newest reading says.");
        if (reading.Findings is not { Verdict: LearningVerdict.Better, Proposed: { } proposed })
            return Refusal.Conflict("not_better", "Past choices don’t say that these weights are better, so they can’t be approved. Nothing was changed. Weights can still be set by hand in the studio.");

        if ((await steer.Run(slug, reading.SettingsSeen, settings => settings with { Weights = proposed }, actor, stop)).Refusal is { } refusal)
            return refusal.Kind == RefusalKind.Conflict ? Refusal.Conflict("changed_since", "The matching settings were changed since these weights were judged, so they were not approved. Nothing was changed. Read past pairs again.") : refusal;
        db.Add(new WeightApproval(reading, actor.AccountId, clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }
}
