using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>Changes one part of a program's rules, moves it through its life, or puts it on the front page. Of two people who change it at once, the second is told.</summary>
sealed class ChangeProgram(GuildhallDb db, AuditTrail trail, TimeProvider clock)
{
    static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "changed_meanwhile", "Somebody else changed this program while you were on this page. Their change is kept and yours is not saved. Look at the page again, then make your change.");

    public Task<Result<Program>> Redesign(string slug, uint seen, Func<ProgramDesign, ProgramDesign> change, Actor actor, CancellationToken stop) =>
        Change(slug, seen, program =>
        {
            if (program.Redesign(change, actor, clock.GetUtcNow()).Refusal is { } refusal) return refusal;
            trail.Add(actor, AuditVerb.Changed, new AuditSubject(AuditKind.Program, program.Id, program.Id), "rules");
            return null;
        }, stop);

    /// <summary>What is wrong with rules that are not saved yet.</summary>
    public async Task<Refusal?> Problems(string slug, Func<ProgramDesign, ProgramDesign> change, CancellationToken stop) =>
        await db.Set<Program>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, stop) is { } program ? program.Rules(change(program.Current.Design)) : Refusal.NotFound("program");

    /// <summary>What is wrong with a name and days of which some could not be read.</summary>
    public async Task<Refusal?> Problems(string slug, NewProgramForm form, CancellationToken stop) =>
        await db.Set<Program>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, stop) is { } program ? program.ScheduleProblems(form, clock.GetUtcNow()) : Refusal.NotFound("program");

    public Task<Result<Program>> Reschedule(string slug, uint seen, NewProgramForm form, CancellationToken stop) =>
        Change(slug, seen, program => program.Reschedule(form, clock.GetUtcNow()).Refusal, stop);

    public Task<Result<Program>> Plan(string slug, uint seen, WelcomeSession? welcome, CancellationToken stop) =>
        Change(slug, seen, program => program.Plan(welcome, clock.GetUtcNow()).Refusal, stop);

    /// <summary>Winds a program down, opens it again, archives it or brings it back.</summary>
    public Task<Result<Program>> Move(string slug, uint seen, LifeStep step, CancellationToken stop) => Change(slug, seen, program => (step switch
    {
        LifeStep.Close => program.Close(),
        LifeStep.Reopen => program.Reopen(),
        LifeStep.Archive => program.Archive(clock.GetUtcNow()),
        LifeStep.Restore => program.Restore(),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "No such step."),
    }).Refusal, stop);

    /// <param name="onFrontPage">Whether visitors see it from now on, in place of another; null shows it where no other is shown.</param>
    public Task<Result<Program>> Publish(string slug, uint seen, bool? onFrontPage, CancellationToken stop) =>
        Place(slug, seen, onFrontPage, program => program.Publish().Refusal, stop);

    /// <inheritdoc cref="Publish"/>
    public Task<Result<Program>> ShowOnFrontPage(string slug, uint seen, bool isShown, CancellationToken stop) => Place(slug, seen, isShown, _ => null, stop);

    async Task<Result<Program>> Place(string slug, uint seen, bool? onFrontPage, Func<Program, Refusal?> change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var others = db.Set<Program>().Where(program => program.IsOnFrontPage && program.Slug != slug);
        var isShown = onFrontPage ?? !await others.AnyAsync(stop);
        if (isShown) await others.ExecuteUpdateAsync(set => set.SetProperty(program => program.IsOnFrontPage, false), stop);

        // Nobody chose it, so a program about the past is simply not shown.
        var changed = await Change(slug, seen, program => change(program) ?? (onFrontPage is null && program.FiguresAsOf is not null ? null : program.ShowOnFrontPage(isShown).Refusal), stop);
        if (changed.Refusal is null) await transaction.CommitAsync(stop);
        return changed;
    }

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
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return Refusal.Conflict("front_page_taken", "Somebody else put another program on the front page at the same moment. Theirs is shown, and nothing was changed here. Look at the page again, then choose.");
        }

        return program;
    }
}

/// <summary>A step in a program's life after it was opened.</summary>
public enum LifeStep { Close, Reopen, Archive, Restore }
