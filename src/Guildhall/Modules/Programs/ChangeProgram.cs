using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>Changes one part of a program's rules, or opens it. Of two people who change it at once, the second is told.</summary>
sealed class ChangeProgram(GuildhallDb db, TimeProvider clock)
{
    static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "changed_meanwhile", "Somebody else changed this program while you were on this page. Their change is kept and yours is not saved. Look at the page again, then make your change.");

    public Task<Result<Program>> Redesign(string slug, uint seen, Func<ProgramDesign, ProgramDesign> change, Actor actor, CancellationToken stop) =>
        Change(slug, seen, program => program.Redesign(change, actor, clock.GetUtcNow()).Refusal, stop);

    public Task<Result<Program>> Publish(string slug, uint seen, CancellationToken stop) => Change(slug, seen, program => program.Publish().Refusal, stop);

    async Task<Result<Program>> Change(string slug, uint seen, Func<Program, Refusal?> change, CancellationToken stop)
    {
        var program = await db.Set<Program>().SingleOrDefaultAsync(p => p.Slug == slug, stop);
        if (program is null) return Refusal.NotFound("program");

        db.Entry(program).Property(p => p.RowVersion).OriginalValue = seen;
        if (change(program) is { } refusal) return refusal;

        // A new or rewritten version leaves the program's own row as it was; marking it makes the row version speak for the whole.
        db.Entry(program).Property(p => p.State).IsModified = true;
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile;
        }

        return program;
    }
}
