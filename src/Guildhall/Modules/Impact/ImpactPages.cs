using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>A plan as it was settled, in the log of changes.</summary>
/// <param name="IsAfterLook">Somebody had read results by then.</param>
public sealed record PlanLine(string What, string Who, string When, bool IsAfterLook);

/// <summary>A reading in the list of those that were made.</summary>
public sealed record ReadingLine(string When, string Through, string Verdict, int Mentees, int Controls);

/// <summary>What can be said before anything was read.</summary>
/// <param name="Mentored">Mentees whose mentorship became active.</param>
/// <param name="DataThrough">The last day of figures; null before the first import.</param>
public sealed record BeforeReading(int Mentored, string? DataThrough);

/// <summary>Whether the mentoring of a program works, as its manager reads it.</summary>
/// <param name="LeadsWith">What the program's goal is, where that is of new sellers: its result stands first.</param>
/// <param name="Terms">What was settled last; null where nothing was.</param>
/// <param name="Shown">The newest reading; null before the first.</param>
public sealed record ImpactView(string Program, string Name, string Cohort, Awaited? LeadsWith, ReadingTerms? Terms, IReadOnlyList<PlanLine> Plans, ReadingShown? Shown, IReadOnlyList<ReadingLine> Readings, bool IsBeingRead, bool HasFailed, BeforeReading? Before);

/// <summary>A reading in words and pictures.</summary>
public sealed record ReadingShown(string DataThrough, string ReadAt, int ProgramVersion, string CodeVersion, bool IsOfOtherPlan, ReadingTerms Terms, Findings Findings, ImpactWords Words)
{
    /// <summary>Of new sellers, what was looked at.</summary>
    public IReadOnlyList<(FoundWait Found, WaitWords Words)> Waits => [.. Findings.Waits.Where(found => Terms.Of(found.What) is not null).Select(found => (found, new WaitWords(found, Terms.Of(found.What)!, CurrencyCode)))];

    /// <summary>What lots show, in words; null where none were drawn.</summary>
    public ByLotWords? ByLot { get; init; }

    /// <summary>Whether it has paid for itself; null where that can't be said.</summary>
    public PaidBack? PaidBack { get; init; }
    public string? CurrencyCode { get; init; }

    /// <summary>Whether only the cost is missing.</summary>
    public bool AsksCost => PaidBack is null && CurrencyCode is not null && Terms.Outcome == StudyOutcome.Sales && Findings.Amount is not null;
}

/// <summary>The pages of Impact.</summary>
sealed class ImpactPages(GuildhallDb db, ProgramLookup programs, MentorshipLookup mentorships, SellerLookup sellers, AccountLookup accounts, MarketplaceZone zones, SiteAddress site, Shell shell)
{
    /// <summary>More plans and readings than a page shows nobody makes; the file has them all.</summary>
    const int Most = 50;

    public async Task<IResult> Show(string slug, string? done, CancellationToken stop) => await Of(slug, stop) is { } view
        ? Page.Of<ImpactPage>(new { Shell = await shell.Staff(stop), View = view, Done = done })
        : await Page.Refused(shell, Refusal.NotFound("program"), stop);

    /// <summary>For paper; before the first reading there is nothing to print.</summary>
    public async Task<IResult> Report(string slug, CancellationToken stop) => await Of(slug, stop) switch
    {
        null => await Page.Refused(shell, Refusal.NotFound("program"), stop),
        { Shown: { } shown } view => Page.Of<ImpactReportPage>(new { Shell = await shell.Staff(stop), View = view, Reading = shown, Address = site.Of(ImpactRoutes.Of(slug)).ToString() }),
        _ => Results.LocalRedirect(ImpactRoutes.Of(slug)),
    };

    public async Task<IResult> Plan(string slug, FormFields form, int status, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var current = await db.Set<ReadingPlan>().AsNoTracking().Where(plan => plan.ProgramId == program.Id).OrderByDescending(plan => plan.Number).FirstOrDefaultAsync(stop);
        var isAfterLook = await db.Set<Reading>().AnyAsync(reading => reading.ProgramId == program.Id, stop);
        return Page.Of<PlanPage>(new { Shell = await shell.Staff(stop), Program = slug, program.Cohort, Terms = current?.Terms, Suggested = Suggested(program), CurrencyCode = (await Currency(stop))?.Code, Seen = current?.Number ?? 0, IsAfterLook = isAfterLook, Form = form }, status);
    }

    public async Task<IResult> Cost(string slug, FormFields form, int status, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var current = await CostOf(program.Id, stop);
        return Page.Of<CostPage>(
            new { Shell = await shell.Staff(stop), Program = slug, program.Cohort, CurrencyCode = (await Currency(stop))?.Code, CostMinorUnits = current?.CostMinorUnits, FeePercent = current?.FeePercent, Seen = current?.Number ?? 0, Form = form }, status);
    }

    /// <summary>What the form begins with of new sellers: what the program aims at, and what it looks at beside.</summary>
    static IReadOnlyList<WaitTerms> Suggested(ProgramFacts program) =>
    [
        .. program.Design.Goal.OutcomeId == Outcome.FirstSale || program.Design.SecondaryOutcomes.Contains(Outcome.FirstSale) ? new[] { new WaitTerms(Awaited.FirstSale, 90, 3) } : [],
        .. program.Design is { AsksMilestone: true, MilestoneMinorUnits: { } amount } ? new[] { new WaitTerms(Awaited.Milestone, 180, 7, amount) } : [],
    ];

    /// <summary>The marketplace's; null before it was named.</summary>
    public async Task<Currency?> Currency(CancellationToken stop) => await db.Set<Marketplace>().Select(marketplace => marketplace.CurrencyCode).SingleOrDefaultAsync(stop) is { } code ? Platform.Currency.Find(code) : null;

    Task<ProgramCost?> CostOf(Guid programId, CancellationToken stop) => db.Set<ProgramCost>().AsNoTracking().Where(cost => cost.ProgramId == programId).OrderByDescending(cost => cost.Number).FirstOrDefaultAsync(stop);

    public async Task<IResult> Method(string slug, CancellationToken stop) => await programs.BySlug(slug, stop) is { } program
        ? Page.Of<MethodPage>(new { Shell = await shell.Staff(stop), Program = slug, program.Cohort, Text = MethodText.Impact })
        : await Page.Refused(shell, Refusal.NotFound("program"), stop);

    async Task<ImpactView?> Of(string slug, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return null;
        var plans = await db.Set<ReadingPlan>().AsNoTracking().Where(plan => plan.ProgramId == program.Id).OrderByDescending(plan => plan.Number).Take(Most).ToListAsync(stop);
        var newest = await db.Set<Reading>().AsNoTracking().Where(reading => reading.ProgramId == program.Id).OrderByDescending(reading => reading.ReadAt).FirstOrDefaultAsync(stop);
        var readings = await db.Set<Reading>().Where(reading => reading.ProgramId == program.Id).OrderByDescending(reading => reading.ReadAt).Take(Most)
            .Select(reading => new { reading.ReadAt, reading.DataThrough, reading.Verdict, reading.FirstSaleVerdict, reading.MilestoneVerdict, reading.StayingVerdict, reading.Mentees, reading.Controls }).ToListAsync(stop);
        var asked = await db.Set<ReadingRequest>().AsNoTracking().Where(request => request.ProgramId == program.Id).OrderByDescending(request => request.AskedAt).FirstOrDefaultAsync(stop);
        var who = await accounts.Names([.. plans.Select(plan => plan.SavedBy).Distinct()], stop);
        var zone = await zones.Of(stop);
        var currency = await Currency(stop);
        var cost = newest is null ? null : await CostOf(program.Id, stop);
        var firstLook = await db.Set<Reading>().Where(reading => reading.ProgramId == program.Id).MinAsync(reading => (DateTimeOffset?)reading.ReadAt, stop);
        var planOfNewest = newest is null ? null : plans.Find(plan => plan.Number == newest.PlanNumber) ?? await db.Set<ReadingPlan>().AsNoTracking().SingleAsync(plan => plan.ProgramId == program.Id && plan.Number == newest.PlanNumber, stop);

        return new ImpactView(
            slug, program.Name, program.Cohort, WaitTerms.GoalOf(program.Design), plans.FirstOrDefault()?.Terms,
            [.. plans.Select((plan, at) => new PlanLine(ImpactWords.Settled(plan.Terms, at + 1 < plans.Count ? plans[at + 1].Terms : null, currency?.Code), who.GetValueOrDefault(plan.SavedBy, "the program’s team"), At(plan.SavedAt), plan.SavedAt > firstLook))],
            newest is null ? null : Shown(newest, planOfNewest!.Terms), [.. readings.Select(reading => new ReadingLine(At(reading.ReadAt), ImpactWords.Day(reading.DataThrough), Verdict.WordsOf(reading.Verdict) + Also("First sales", reading.FirstSaleVerdict) + Also("Milestone", reading.MilestoneVerdict) + Also("Staying", reading.StayingVerdict), reading.Mentees, reading.Controls))],
            asked is { DoneAt: null }, asked is { HasFailed: true },
            newest is null ? new(await mentorships.MenteesWithActive(program.Id, stop), await sellers.LastDay(stop) is { } last ? ImpactWords.Day(last) : null) : null);

        static string Also(string what, VerdictKind? verdict) => verdict is { } kind ? $". {what}: {Verdict.WordsOf(kind)}" : "";
        string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
        // The version and the first letters of what it was built from; the file has them all.
        static string Short(string version) => version.IndexOf('+', StringComparison.Ordinal) is > 0 and var at && at + 8 < version.Length ? version[..(at + 8)] : version;
        ReadingShown Shown(Reading reading, ReadingTerms terms) =>
            new(ImpactWords.Day(reading.DataThrough), At(reading.ReadAt), reading.ProgramVersion, Short(reading.CodeVersion), reading.PlanNumber != plans[0].Number, terms, reading.Findings, new ImpactWords(reading.Findings, terms, currency?.Code)) { ByLot = reading.Findings.Lottery is { } lottery ? new ByLotWords(lottery, terms, currency?.Code) : null, CurrencyCode = currency?.Code, PaidBack = PaidBack.Of(reading.Findings, terms, cost, currency?.Code) };
    }
}
