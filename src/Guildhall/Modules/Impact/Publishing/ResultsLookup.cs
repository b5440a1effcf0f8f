using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>Answers what is public of the results of programs.</summary>
public sealed class ResultsLookup(GuildhallDb db)
{
    /// <summary>More programs than this nobody reads on one page.</summary>
    const int Most = 50;

    /// <summary>The last release of every program that has one, the newest first; those that were taken down too, which say so.</summary>
    public async Task<IReadOnlyList<PublicResults>> All(CancellationToken stop) =>
        [.. (await db.Set<ResultRelease>().AsNoTracking().Where(release => !db.Set<ResultRelease>().Any(later => later.ProgramId == release.ProgramId && later.Number > release.Number))
            .OrderByDescending(release => release.PublishedAt).Take(Most).ToListAsync(stop)).Select(release => release.Document)];

    /// <summary>The last release of a program; null before the first.</summary>
    public async Task<PublicResults?> Of(Guid programId, CancellationToken stop) =>
        (await db.Set<ResultRelease>().AsNoTracking().Where(release => release.ProgramId == programId).OrderByDescending(release => release.Number).FirstOrDefaultAsync(stop))?.Document;

    /// <summary>The first day on which there can be results: after the window that was settled, of the last who joined where that is known, or else after the program.</summary>
    public async Task<DateOnly> DueOn(ProgramFacts program, CancellationToken stop)
    {
        if (await db.Set<Reading>().AsNoTracking().Where(reading => reading.ProgramId == program.Id).OrderByDescending(reading => reading.ReadAt).Select(reading => reading.Findings).FirstOrDefaultAsync(stop) is { } found) return found.WindowEndsOn.AddDays(1);
        var window = await db.Set<ReadingPlan>().Where(plan => plan.ProgramId == program.Id).OrderByDescending(plan => plan.Number).Select(plan => (int?)plan.WindowPeriods).FirstOrDefaultAsync(stop);
        return (window is { } periods ? new StudyCalendar(program.StartsOn, periods) is var calendar ? calendar.LastDayOf(calendar.LastPeriod(StudyCalendar.PeriodsBefore + 1)) : default : program.LastDay).AddDays(1);
    }
}
