using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>What other modules may know of a program.</summary>
/// <param name="FiguresAsOf">For a program about the past: only what was known on this day is used.</param>
public sealed record ProgramFacts(Guid Id, string Slug, string Name, string Cohort, bool IsDraft, DateOnly StartsOn, DateOnly? FiguresAsOf, int Version, ProgramDesign Design);

/// <summary>Answers other modules' questions about programs.</summary>
public sealed class ProgramLookup(GuildhallDb db)
{
    public async Task<ProgramFacts?> BySlug(string slug, CancellationToken stop) =>
        await db.Set<Program>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, stop) is { } program ? Facts(program) : null;

    /// <summary>All programs, newest first. An installation has tens of programs, not thousands: the list is cut at 200.</summary>
    public async Task<IReadOnlyList<ProgramFacts>> All(CancellationToken stop) =>
        [.. (await db.Set<Program>().AsNoTracking().OrderByDescending(p => p.Id).Take(200).ToListAsync(stop)).Select(Facts)];

    static ProgramFacts Facts(Program program) => new(
        program.Id, program.Slug, program.Name, program.Cohort, program.State == ProgramState.Draft, program.StartsOn, program.FiguresAsOf,
        program.Current.Number, program.Current.Design);
}
