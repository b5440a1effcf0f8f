using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>What other modules may know of a program.</summary>
/// <param name="FiguresAsOf">For a program about the past: only what was known on this day is used.</param>
public sealed record ProgramFacts(Guid Id, string Slug, string Name, string Cohort, bool IsDraft, DateOnly StartsOn, DateOnly? FiguresAsOf, int Version, ProgramDesign Design, DateOnly ApplicationsCloseOn)
{
    /// <summary>Whether sellers may apply at this moment.</summary>
    public bool TakesApplications(DateTimeOffset now) => !IsDraft && FiguresAsOf is null && DateOnly.FromDateTime(now.UtcDateTime) <= ApplicationsCloseOn;
}

/// <summary>A program as a list names it.</summary>
public sealed record ProgramName(string Slug, string Name, string Cohort, bool IsDraft, bool IsOnFrontPage, DateOnly StartsOn);

/// <summary>A page of the list of programs.</summary>
public sealed record ProgramPage(IReadOnlyList<ProgramName> Programs, int Number, bool HasMore);

/// <summary>Answers other modules' questions about programs.</summary>
public sealed class ProgramLookup(GuildhallDb db)
{
    const int PageSize = 50;

    public Task<ProgramFacts?> BySlug(string slug, CancellationToken stop) => Facts(db.Set<Program>().Where(p => p.Slug == slug)).SingleOrDefaultAsync(stop);

    public Task<ProgramFacts?> ById(Guid id, CancellationToken stop) => Facts(db.Set<Program>().Where(p => p.Id == id)).SingleOrDefaultAsync(stop);

    /// <summary>The program that visitors are shown; null when none was chosen.</summary>
    public Task<ProgramFacts?> OnFrontPage(CancellationToken stop) => Facts(db.Set<Program>().Where(p => p.IsOnFrontPage)).SingleOrDefaultAsync(stop);

    /// <summary>Every open program, newest first.</summary>
    public async Task<IReadOnlyList<ProgramName>> Open(CancellationToken stop) => await Names(db.Set<Program>().Where(p => p.State == ProgramState.Open)).ToListAsync(stop);

    /// <summary>All programs, newest first, a page at a time.</summary>
    /// <param name="within">Only these, by their addresses; null for all.</param>
    public async Task<ProgramPage> Page(int number, IReadOnlyCollection<string>? within, CancellationToken stop)
    {
        number = Math.Clamp(number, 1, int.MaxValue / PageSize);
        var names = await Names(db.Set<Program>().Where(p => within == null || within.Contains(p.Slug))).Skip((number - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        return new ProgramPage([.. names.Take(PageSize)], number, names.Count > PageSize);
    }

    public Task<bool> Any(CancellationToken stop) => db.Set<Program>().AnyAsync(stop);

    static IQueryable<ProgramName> Names(IQueryable<Program> programs) =>
        programs.OrderByDescending(p => p.Id).Select(p => new ProgramName(p.Slug, p.Name, p.Cohort, p.State == ProgramState.Draft, p.IsOnFrontPage, p.StartsOn));

    // Of the versions, the current one alone is read.
    IQueryable<ProgramFacts> Facts(IQueryable<Program> programs) =>
        from program in programs
        from version in db.Set<ProgramVersion>().Where(v => v.ProgramId == program.Id).OrderByDescending(v => v.Number).Take(1)
        select new ProgramFacts(
            program.Id, program.Slug, program.Name, program.Cohort, program.State == ProgramState.Draft, program.StartsOn, program.FiguresAsOf, version.Number, version.Design, program.ApplicationsCloseOn);
}
