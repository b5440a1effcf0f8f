using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>A mentee in their mentor's list.</summary>
/// <param name="Plan">"3 of 14 steps"; null where it is not shared.</param>
public sealed record MenteeRow(Guid PairId, PairPerson Person, string Program, string? Plan);

/// <summary>A page of a mentor's mentees.</summary>
public sealed record MenteeRows(IReadOnlyList<MenteeRow> Rows, int Page, bool HasMore);

/// <summary>A mentee as their mentor sees them: what they share, and the names of what they don't.</summary>
/// <param name="FiguresTo">The last day of the figures; null when none is shown.</param>
/// <param name="NotShared">"sales figures", "returns": never a value.</param>
/// <param name="Plan">Null where it is not shared, or there is none.</param>
/// <param name="Interests">What they declared that holds now: no choice of theirs, so that nobody advises a rival unknowingly.</param>
public sealed record MenteeView(Guid PairId, PairPerson Person, string Program, IReadOnlyList<Figure> Shared, string? FiguresTo, IReadOnlyList<string> NotShared, PlanView? Plan, bool SharesPlan, IReadOnlyList<HeldInterest> Interests);

/// <summary>Reads what mentors may see of their mentees. What is not shared is left out here, before any page is made of it.</summary>
sealed class ReadMentee(GuildhallDb db, IKnowPairs pairs, PairNames names, ConsentLookup consents, ReadFigures figures, EnrollmentLookup enrollment, ProgramLookup programs, ReadPlan plans, OwnClock clock)
{
    public const int PageSize = 50;

    public async Task<MenteeRows> List(ShopActor mentor, int page, CancellationToken stop)
    {
        page = Math.Clamp(page, 1, int.MaxValue / PageSize);
        var found = await pairs.OfMentor(mentor.SellerId, (page - 1) * PageSize, PageSize + 1, stop);
        List<StandingPair> shown = [.. found.Take(PageSize)];
        if (shown.Count == 0) return new([], page, false);
        var called = await names.Of(shown.Select(pair => pair.Mentee), stop);
        var sharing = await consents.GivenBy([.. shown.Select(pair => pair.Mentee.SellerId)], SharedFigure.Plan.Purpose, stop);
        var done = await db.StepsDone([.. sharing], stop);
        var titles = new Dictionary<Guid, string>();
        foreach (var programId in shown.Select(pair => pair.ProgramId).Distinct()) titles[programId] = await programs.ById(programId, stop) is { } program ? $"{program.Name}, {program.Cohort}" : "";
        return new(
            [.. shown.Select(pair => new MenteeRow(pair.Id, called(pair.Mentee), titles[pair.ProgramId], sharing.Contains(pair.Mentee.SellerId) ? Steps(done.GetValueOrDefault(pair.Mentee.SellerId)) : null))],
            page, found.Count > PageSize);
    }

    public async Task<MenteeView?> One(Guid pairId, ShopActor mentor, CancellationToken stop)
    {
        if (await pairs.One(pairId, mentor.SellerId, stop) is not { } pair || pair.Mentor.SellerId != mentor.SellerId) return null;
        var sellerId = pair.Mentee.SellerId;
        var person = (await names.Of([pair.Mentee], stop))(pair.Mentee);
        var program = await programs.ById(pair.ProgramId, stop);
        var zone = await clock.OfShop(sellerId, stop);
        var shared = await figures.Shared(sellerId, null, stop);

        var sharesPlan = shared.Given.Contains(SharedFigure.Plan.Id);
        return new(
            pairId, person, program is null ? "" : $"{program.Name}, {program.Cohort}",
            [.. shared.Figures.Select(figure => new Figure(figure.Label, figure.Now))],
            shared.AsOf?.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture),
            [.. SharedFigure.All.Where(figure => !shared.Given.Contains(figure.Id)).Select(figure => figure.InASentence)],
            sharesPlan ? (await plans.Of(sellerId, zone, stop)).Plan : null, sharesPlan,
            await enrollment.InterestsOf(sellerId, stop));
    }

    static string Steps(int done) => $"{done:N0} {(done == 1 ? "step" : "steps")} done";
}

static class PlanCounts
{
    /// <summary>How many steps of their plans some shops have done; one without any is left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, int>> StepsDone(this GuildhallDb db, Guid[] sellerIds, CancellationToken stop) => sellerIds.Length == 0
        ? new Dictionary<Guid, int>()
        : await db.Set<StepMark>().Where(mark => sellerIds.Contains(mark.SellerId)).GroupBy(mark => mark.SellerId).Select(seller => new { seller.Key, Count = seller.Count() }).ToDictionaryAsync(seller => seller.Key, seller => seller.Count, stop);
}
