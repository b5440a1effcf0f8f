using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>A manager asks what went with better outcomes.</summary>
sealed class AskLearning(GuildhallDb db, ProgramLookup programs, TimeProvider clock)
{
    public async Task<Refusal?> Run(string slug, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        db.Add(new LearningRequest(program.Id, actor.AccountId, clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            // Somebody asked a moment ago: both get the one reading.
        }

        return null;
    }
}
