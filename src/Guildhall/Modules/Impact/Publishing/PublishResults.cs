using Guildhall.Evidence;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>What would be public, and what it would change.</summary>
/// <param name="Document">As the public would read it; the reasons of <see cref="Changed"/> are still to be said.</param>
/// <param name="Seen">The number of the last release; 0 before the first.</param>
/// <param name="Changed">Published numbers that would be others.</param>
/// <param name="IsPublic">Exactly this is public already.</param>
sealed record ResultDraft(ProgramFacts Program, Guid ReadingId, PublicResults Document, int Seen, IReadOnlyList<PublicChange> Changed, bool IsPublic, IReadOnlyList<PlacedSeller> Placed);

/// <summary>Publishes the newest reading of a program, and takes down what is public. Each is a further release; of two at once the database takes one.</summary>
sealed class PublishResults(GuildhallDb db, ProgramLookup programs, MentorshipLookup mentorships, EnrollmentLookup enrollment, SellerLookup sellers, MarketplaceZone zones, AuditTrail trail, TimeProvider clock)
{
    public const int ReasonLimit = 300;

    public static readonly Refusal NothingRead = Refusal.Conflict("nothing_read", "Nothing was read yet, so there is nothing to publish. Read the results first.");

    public async Task<Result<ResultDraft>> Draft(string slug, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        if (await db.Set<Reading>().AsNoTracking().Where(reading => reading.ProgramId == program.Id).OrderByDescending(reading => reading.ReadAt).FirstOrDefaultAsync(stop) is not { } reading) return NothingRead;
        var terms = (await db.Set<ReadingPlan>().AsNoTracking().SingleAsync(plan => plan.ProgramId == program.Id && plan.Number == reading.PlanNumber, stop)).Terms;
        var releases = await Releases(program.Id, stop);
        var (today, shown) = (await zones.Today(stop), releases.LastOrDefault(release => release.ReadingId is not null)?.Document);
        var currency = await db.Set<Marketplace>().Select(marketplace => marketplace.CurrencyCode).SingleOrDefaultAsync(stop);
        var outcomes = PublicLines.Of(reading.Findings, terms, WaitTerms.GoalOf(program.Design), currency);
        var table = await NextTable(program, reading, releases, stop);
        var current = releases.LastOrDefault()?.Document;
        var document = new PublicResults
        {
            Address = program.Slug,
            Program = program.Name,
            Cohort = program.Cohort,
            Release = releases.Count + 1,
            PublishedOn = today,
            FiguresThrough = reading.DataThrough,
            WindowWeeks = 4 * terms.WindowPeriods,
            Outcomes = outcomes,
            WhoTookPart = table.Table,
            WhoTookPartHeldBack = table.HeldBack,
            Mentors = await Selection(program.Id, stop),
            Mentoring = new(ProgramWords.MentorCriteria(program), ProgramWords.MentorVetting(program), ProgramWords.MentorReward(program, currency)),
            Changes = current?.Changes ?? [],
        };
        return new ResultDraft(program, reading.Id, document, releases.Count, Changes(shown, outcomes, today), current is { TakenDown: null } && IsSame(current, document), table.Placed);
    }

    /// <param name="reading">What the page showed, so that nobody publishes what they didn't see.</param>
    /// <param name="seen">The number of the release that the page showed as the last.</param>
    /// <param name="because">Why a published number is another now; asked for when one is.</param>
    public async Task<Refusal?> Run(string slug, Guid reading, uint seen, string because, Actor actor, CancellationToken stop)
    {
        if (!(await Draft(slug, stop)).Succeeded(out var draft, out var refusal)) return refusal;
        if (seen != draft.Seen || reading != draft.ReadingId) return await IsLast(draft.Program.Id, seen + 1, reading, stop) ? null : changedMeanwhile;
        if (draft.IsPublic) return Refusal.Conflict("is_public", "Exactly this is public already. Nothing was published again.");
        because = because.Trim();
        if (draft.Changed.Count > 0 && ReasonProblem(because, "Because") is { } problem) return problem;

        var document = draft.Document with { Changes = [.. draft.Changed.Select(change => change with { Because = because }), .. draft.Document.Changes] };
        db.Add(new ResultRelease(draft.Program.Id, reading, document, actor.AccountId, clock.GetUtcNow()));
        db.AddRange(draft.Placed.Select(placed => new CountedSeller(draft.Program.Id, document.Release, placed)));
        trail.Add(actor, AuditVerb.Published, new AuditSubject(AuditKind.Program, draft.Program.Id, draft.Program.Id), "results");
        return await Save(async () => await IsLast(draft.Program.Id, seen + 1, reading, stop), stop);
    }

    public async Task<Refusal?> TakeDown(string slug, uint seen, string because, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        var last = await db.Set<ResultRelease>().AsNoTracking().Where(release => release.ProgramId == program.Id).OrderByDescending(release => release.Number).FirstOrDefaultAsync(stop);
        if (last is null || last.Document.TakenDown is not null) return Refusal.Conflict("not_public", "No results of this program are public. Nothing was changed.");
        if (last.Number != seen) return changedMeanwhile;
        because = because.Trim();
        if (ReasonProblem(because, "DownBecause") is { } problem) return problem;

        var today = await zones.Today(stop);
        var document = new PublicResults { Address = program.Slug, Program = program.Name, Cohort = program.Cohort, Release = last.Number + 1, PublishedOn = today, Changes = last.Document.Changes, TakenDown = new(today, because) };
        db.Add(new ResultRelease(program.Id, null, document, actor.AccountId, clock.GetUtcNow()));
        trail.Add(actor, AuditVerb.Withdrawn, new AuditSubject(AuditKind.Program, program.Id, program.Id), "results");
        return await Save(async () => await IsLast(program.Id, seen + 1, null, stop), stop);
    }

    async Task<Refusal?> Save(Func<Task<bool>> isDone, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            // Who pressed twice gets the one release.
            db.ChangeTracker.Clear();
            return await isDone() ? null : changedMeanwhile;
        }
    }

    Task<bool> IsLast(Guid programId, uint number, Guid? reading, CancellationToken stop) =>
        db.Set<ResultRelease>().AnyAsync(release => release.ProgramId == programId && release.Number == number && release.ReadingId == reading && !db.Set<ResultRelease>().Any(later => later.ProgramId == programId && later.Number > number), stop);

    Task<List<ResultRelease>> Releases(Guid programId, CancellationToken stop) => db.Set<ResultRelease>().AsNoTracking().Where(release => release.ProgramId == programId).OrderBy(release => release.Number).ToListAsync(stop);

    async Task<NextTable> NextTable(ProgramFacts program, Reading reading, List<ResultRelease> releases, CancellationToken stop)
    {
        var counted = await db.Set<CountedSeller>().AsNoTracking().Where(seller => seller.ProgramId == program.Id).ToListAsync(stop);
        var tables = releases.Where(release => release.Document.WhoTookPart is not null)
            .Select(release => TookPart.Released(release.Document.WhoTookPart!, counted.Where(seller => seller.Release <= release.Number).Select(seller => new PlacedSeller(seller.SellerId, seller.Row, seller.Column)))).ToList();
        var labels = releases.Find(release => release.Document.WhoTookPart is not null)?.Document.WhoTookPart is { } first ? new TableLabels(first.Rows, first.Columns) : null;

        List<Guid> mentees = [.. (await mentorships.All(stop)).Where(one => one.ProgramId == program.Id && one.ActiveAt <= reading.ReadAt).Select(one => one.MenteeId).Distinct()];
        var known = counted.Select(seller => seller.SellerId).ToHashSet();
        HashSet<Guid> came = [.. (await enrollment.Participations(mentees, stop)).Values.Select(person => person.SellerId).Where(id => !known.Contains(id))];
        // Of the first table the largest groups of the marketplace are the rows and columns.
        var homes = await sellers.HomesOf(labels is null ? null : came, stop);
        return new TookPart(labels, tables).Next([.. homes.Where(home => came.Contains(home.Id)).OrderBy(home => home.Id)], homes, stop);
    }

    async Task<PublicSelection?> Selection(Guid programId, CancellationToken stop)
    {
        var (applied, accepted) = await enrollment.MentorSelection(programId, stop);
        return applied == 0 ? null : new(PublicCounts.Rounded(applied), PublicCounts.Rounded(accepted));
    }

    /// <summary>Numbers that were published and would be others. A first number changes none.</summary>
    static IReadOnlyList<PublicChange> Changes(PublicResults? shown, IReadOnlyList<PublicOutcome> outcomes, DateOnly today) => shown is null ? [] :
        [.. from before in shown.Outcomes
            where before.Effect is not null
            let now = outcomes.FirstOrDefault(outcome => outcome.Id == before.Id)
            where now?.Effect != before.Effect
            select new PublicChange(today, before.Name, Said(before), now is null ? "not looked at any more" : Said(now), "")];

    static string Said(PublicOutcome outcome) => outcome.Effect is { } effect ? $"{effect.Words} ({effect.LowerEnd} to {effect.UpperEnd})" : outcome.VerdictWords;

    /// <summary>Whether nothing differs but the day and the number.</summary>
    static bool IsSame(PublicResults one, PublicResults other) =>
        PublicJson.Of(one with { Release = 0, PublishedOn = default }) == PublicJson.Of(other with { Release = 0, PublishedOn = default });

    static Refusal? ReasonProblem(string because, string field) =>
        because.Length is > 0 and <= ReasonLimit ? null : Refusal.Invalid("because", because.Length == 0 ? "Enter the reason. Everybody can read it." : $"Enter a reason of up to {ReasonLimit} characters.", field);

    static readonly Refusal changedMeanwhile = Refusal.Conflict("released_meanwhile", "Something else was read or published while you were at it. Nothing was published now. Look again at what would be public.");
}
