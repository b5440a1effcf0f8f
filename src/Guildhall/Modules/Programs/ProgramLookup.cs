using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>What other modules may know of a program.</summary>
/// <param name="State">Where it stands on the day it was asked, in the marketplace's zone.</param>
/// <param name="FiguresAsOf">For a program about the past: only what was known on this day is used.</param>
/// <param name="ApplicationsEndAt">The end of the last day to apply, in the marketplace's zone.</param>
/// <param name="Welcome">When the cohort meets for the first time; null until that is planned.</param>
public sealed record ProgramFacts(
    Guid Id, string Slug, string Name, string Cohort, ProgramState State, DateOnly StartsOn, DateOnly? FiguresAsOf, int Version, ProgramDesign Design,
    DateOnly ApplicationsCloseOn, DateTimeOffset ApplicationsEndAt, WelcomeSession? Welcome)
{
    public bool IsDraft => State == ProgramState.Draft;

    public DateOnly LastDay => StartsOn.AddDays((7 * Design.Structure.LengthWeeks) - 1);

    /// <summary>Whether sellers may apply at this moment: it is open, its last day to apply is not over, and it is not about the past.</summary>
    public bool TakesApplications(DateTimeOffset now) => State is ProgramState.Open or ProgramState.Running && FiguresAsOf is null && now < ApplicationsEndAt;

    /// <summary>Whether a manager may bring people in. One that is closed or in the archive takes nobody new.</summary>
    public bool TakesPeople => State is not (ProgramState.Closed or ProgramState.Archived);

    /// <summary>Why nobody new comes in.</summary>
    public Refusal TakesNobody => Refusal.Conflict("takes_nobody", $"{Name}, {Cohort} is {(State == ProgramState.Archived ? "in the archive" : "closed")} and takes nobody new. Nothing was changed. Open it again on its state page, or choose another program.");
}

/// <summary>A program as a list names it.</summary>
public sealed record ProgramName(string Slug, string Name, string Cohort, ProgramState State, bool IsOnFrontPage, DateOnly StartsOn)
{
    public bool IsDraft => State == ProgramState.Draft;
}

/// <summary>A page of the list of programs.</summary>
/// <param name="IsArchive">Whether it lists the archive.</param>
/// <param name="HasArchive">Whether there is anything in the archive.</param>
public sealed record ProgramPage(IReadOnlyList<ProgramName> Programs, int Number, bool HasMore, bool IsArchive = false, bool HasArchive = false);

/// <summary>The first meeting of a program's cohort.</summary>
/// <param name="Welcome">Null while none is booked.</param>
public sealed record PlannedWelcome(Guid ProgramId, string Name, string Cohort, WelcomeSession? Welcome);

/// <summary>Answers other modules' questions about programs.</summary>
public sealed class ProgramLookup(GuildhallDb db, TimeProvider clock)
{
    const int PageSize = 50;

    public Task<ProgramFacts?> BySlug(string slug, CancellationToken stop) => Facts(db.Set<Program>().Where(p => p.Slug == slug), stop);

    public Task<ProgramFacts?> ById(Guid id, CancellationToken stop) => Facts(db.Set<Program>().Where(p => p.Id == id), stop);

    /// <summary>Programs that were published, those in the archive too, the newest first, and how many there are.</summary>
    /// <param name="within">Only these, by their addresses; null for all.</param>
    public async Task<(IReadOnlyList<ProgramFacts> Programs, int Total)> Published(IReadOnlyCollection<string>? within, int skip, int take, CancellationToken stop)
    {
        var published = db.Set<Program>().Where(p => p.State != ProgramState.Draft && (within == null || within.Contains(p.Slug)));
        var programs = await Several(published.OrderByDescending(p => p.Id).Skip(skip).Take(take), stop);
        return ([.. programs.OrderByDescending(program => program.Id)], await published.CountAsync(stop));
    }

    /// <summary>The programs that sellers can apply to at this moment, the newest first.</summary>
    public async Task<IReadOnlyList<ProgramFacts>> TakingApplications(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        // The last day ends where the marketplace is, which may be a day behind.
        var since = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
        var open = await Several(db.Set<Program>().Where(p => p.State == ProgramState.Open && p.ArchivedAt == null && p.FiguresAsOf == null && p.ApplicationsCloseOn >= since).OrderByDescending(p => p.Id).Take(PageSize), stop);
        return [.. open.Where(program => program.TakesApplications(now)).OrderByDescending(program => program.Id)];
    }

    /// <summary>The program that visitors are shown; null when none was chosen.</summary>
    public Task<ProgramFacts?> OnFrontPage(CancellationToken stop) => Facts(db.Set<Program>().Where(p => p.IsOnFrontPage), stop);

    /// <summary>Every program that is open or running, newest first.</summary>
    public Task<IReadOnlyList<ProgramName>> Open(CancellationToken stop) => Names(db.Set<Program>().Where(p => p.State == ProgramState.Open && p.ArchivedAt == null), stop);

    /// <summary>The programs that the switcher offers, newest first: the open ones, and closed ones until they are archived, whose pairs go on.</summary>
    public Task<IReadOnlyList<ProgramName>> InSwitcher(CancellationToken stop) => Names(db.Set<Program>().Where(p => p.State != ProgramState.Draft && p.ArchivedAt == null), stop);

    /// <summary>The newest programs that are not in the archive, drafts too.</summary>
    internal Task<IReadOnlyList<ProgramName>> Newest(int count, CancellationToken stop) => Names(db.Set<Program>().Where(p => p.ArchivedAt == null), stop, count);

    /// <summary>All programs but those in the archive, or those in it, newest first, a page at a time.</summary>
    /// <param name="within">Only these, by their addresses; null for all.</param>
    public async Task<ProgramPage> Page(int number, IReadOnlyCollection<string>? within, CancellationToken stop, bool isArchive = false)
    {
        number = Math.Clamp(number, 1, int.MaxValue / PageSize);
        var reachable = db.Set<Program>().Where(p => within == null || within.Contains(p.Slug));
        var names = await Names(reachable.Where(p => p.ArchivedAt != null == isArchive), stop, PageSize + 1, (number - 1) * PageSize);
        return new ProgramPage([.. names.Take(PageSize)], number, names.Count > PageSize, isArchive, isArchive || await reachable.AnyAsync(p => p.ArchivedAt != null, stop));
    }

    /// <summary>When the cohorts of open and running programs meet for the first time; programs about the past have no people to tell.</summary>
    public async Task<IReadOnlyList<PlannedWelcome>> Welcomes(CancellationToken stop) =>
        await db.Set<Program>().AsNoTracking().Where(p => p.State == ProgramState.Open && p.ArchivedAt == null && p.FiguresAsOf == null).OrderBy(p => p.Id)
            .Select(p => new PlannedWelcome(p.Id, p.Name, p.Cohort, p.Welcome)).ToListAsync(stop);

    /// <summary>What programs are called, by id.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Called(IReadOnlyCollection<Guid> ids, CancellationToken stop) =>
        await db.Set<Program>().AsNoTracking().IgnoreAutoIncludes().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.Cohort }).ToDictionaryAsync(p => p.Id, p => $"{p.Name}, {p.Cohort}", stop);

    /// <summary>All cohorts of a program, by its name, itself among them; those about the past have pairs that nobody was asked about, and are left out.</summary>
    public async Task<IReadOnlyList<Guid>> CohortsOf(ProgramFacts program, CancellationToken stop) => await db.Set<Program>().Where(p => p.Name == program.Name && p.FiguresAsOf == null).Select(p => p.Id).ToListAsync(stop);

    /// <summary>Ids of programs by their addresses.</summary>
    public async Task<IReadOnlyList<Guid>> IdsOf(IReadOnlyCollection<string> slugs, CancellationToken stop) => await db.Set<Program>().Where(p => slugs.Contains(p.Slug)).Select(p => p.Id).ToListAsync(stop);

    public Task<bool> Any(CancellationToken stop) => db.Set<Program>().AnyAsync(stop);

    /// <summary>Holds a program as one that takes people until the transaction ends: whoever closes it waits for that.</summary>
    /// <returns>False when it takes nobody new any more.</returns>
    public async Task<bool> KeepTakingPeople(Guid programId, CancellationToken stop) =>
        (await db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM programs.program WHERE id = {programId} AND state <> 'Closed' AND archived_at IS NULL FOR SHARE").ToListAsync(stop)).Count > 0;

    async Task<IReadOnlyList<ProgramName>> Names(IQueryable<Program> programs, CancellationToken stop, int take = int.MaxValue, int skip = 0)
    {
        var now = clock.GetUtcNow();
        var zones = db.Set<Marketplace>().Where(marketplace => marketplace.Id == 1).Select(marketplace => marketplace.TimeZone);
        var read = await programs.OrderByDescending(p => p.Id).Skip(skip).Take(take)
            .Select(p => new { p.Slug, p.Name, p.Cohort, p.State, p.ArchivedAt, p.IsOnFrontPage, p.StartsOn, Zone = zones.FirstOrDefault() }).ToListAsync(stop);
        return [.. read.Select(p => new ProgramName(p.Slug, p.Name, p.Cohort, Program.StateOf(p.State, p.ArchivedAt is not null, p.StartsOn, ProgramDays.Today(p.Zone, now)), p.IsOnFrontPage, p.StartsOn))];
    }

    async Task<ProgramFacts?> Facts(IQueryable<Program> programs, CancellationToken stop) => (await Several(programs, stop)).SingleOrDefault();

    // Of the versions, the current one alone is read.
    async Task<IReadOnlyList<ProgramFacts>> Several(IQueryable<Program> programs, CancellationToken stop)
    {
        var zones = db.Set<Marketplace>().Where(marketplace => marketplace.Id == 1).Select(marketplace => marketplace.TimeZone);
        var read = await (
            from p in programs
            from version in db.Set<ProgramVersion>().Where(v => v.ProgramId == p.Id).OrderByDescending(v => v.Number).Take(1)
            select new { p.Id, p.Slug, p.Name, p.Cohort, p.State, p.ArchivedAt, p.StartsOn, p.ApplicationsCloseOn, p.FiguresAsOf, p.Welcome, version.Number, version.Design, Zone = zones.FirstOrDefault() }).ToListAsync(stop);
        var now = clock.GetUtcNow();
        return [.. read.Select(one => new ProgramFacts(
            one.Id, one.Slug, one.Name, one.Cohort, Program.StateOf(one.State, one.ArchivedAt is not null, one.StartsOn, ProgramDays.Today(one.Zone, now)), one.StartsOn, one.FiguresAsOf,
            one.Number, one.Design, one.ApplicationsCloseOn, ProgramDays.EndOf(one.ApplicationsCloseOn, one.Zone), one.Welcome))];
    }
}
