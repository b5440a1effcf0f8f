using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Experiments;

/// <summary>One tier in a draw.</summary>
/// <param name="Places">"4 or 5" before it is drawn, "4" after.</param>
public sealed record TierLine(string Tier, int People, string Places);

/// <summary>A draw that could be made now.</summary>
/// <param name="First">Those who waited by lot before.</param>
/// <param name="OddsOfFirst">In words; null where there are none of them.</param>
/// <param name="Suggested">The day until which who loses would wait.</param>
public sealed record DrawToMake(int Waiting, int Places, int First, string? OddsOfFirst, string Odds, IReadOnlyList<TierLine> Tiers, DateOnly Suggested, DateOnly Latest);

/// <summary>Somebody's lot as the record shows it.</summary>
public sealed record LotLine(string Person, string Shop, string Tier, bool HasWon);

/// <summary>A draw that was made.</summary>
/// <param name="Odds">Of everybody, or of who came first and of the others.</param>
/// <param name="IsSameAgain">Whether drawing again from the seed and the list gives the same winners.</param>
public sealed record DrawMade(
    int Number, string DrawnAt, string DrawnBy, string WaitsUntil, bool Holds, int Places, int People, int Won, string Odds, string Seed, bool IsSameAgain, IReadOnlyList<TierLine> Tiers, IReadOnlyList<LotLine> Lots, string Shown, string? PreviousHref, string? NextHref);

/// <summary>The lottery of a program.</summary>
/// <param name="NoDraw">Why there is nothing to draw; null where there is, or a draw is shown.</param>
public sealed record LotteryView(string Program, string Name, string Cohort, DrawToMake? ToMake, DrawMade? Made, string? NoDraw, IReadOnlyList<Link> Draws);

/// <summary>Shows what drawing lots would mean, draws them when a manager says so, and shows the record.</summary>
sealed class LotteryPages(
    GuildhallDb db, ProgramLookup programs, IKnowRounds rounds, LotteryLookup lotteries, EnrollmentLookup enrollment, SellerLookup sellers, AccountLookup accounts, MarketplaceZone zone, Shell shell)
{
    const int PeopleAPage = 50;

    /// <summary>More draws than a program makes in ten years.</summary>
    const int MostDraws = 40;

    public static string Of(string program) => $"/manage/{program}/lottery";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var lottery = routes.MapGroup("/manage/{program}/lottery").RequireAccess(AccessTable.RunProgram);
        lottery.MapGet("", (string program, int? draw, int? page, string? did, LotteryPages pages, CancellationToken stop) =>
            pages.Show(program, draw, page ?? 1, did == "drawn" ? "Lots are drawn. Matching takes the winners from now on." : null, new FormFields(), null, stop));
        LotsExport.Map(lottery);
        lottery.MapPost("", async (string program, FormFields form, DrawPlaces draw, LotteryPages pages, Shell shell, Actor actor, CancellationToken stop) =>
        {
            var waitsUntil = form.Day(nameof(Draw.WaitsUntil), "the day until which they wait at the latest");
            if (form.Refusal is { } unreadable) return await pages.Show(program, null, 1, null, form, unreadable, stop);
            return await draw.Run(program, waitsUntil, (form.Whole("Waiting", "how many wait"), form.Whole("Places", "how many places there are")), actor, stop) switch
            {
                null => Results.LocalRedirect($"{Of(program)}?did=drawn"),
                { Kind: RefusalKind.NotFound } refusal => await Page.Refused(shell, refusal, stop),
                { } refusal => await pages.Show(program, null, 1, null, form.Refused(refusal), refusal, stop),
            };
        });
    }

    async Task<IResult> Show(string slug, int? number, int page, string? done, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        if (await programs.BySlug(slug, stop) is not { } program) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var draws = await db.Set<Draw>().AsNoTracking().Where(draw => draw.ProgramId == program.Id).OrderByDescending(draw => draw.Number).Take(MostDraws).ToListAsync(stop);
        var today = await zone.Today(stop);
        var shown = number is null ? draws.Find(draw => today < draw.WaitsUntil) : draws.Find(draw => draw.Number == number);
        if (number is not null && shown is null) return await Page.Refused(shell, Refusal.NotFound("draw"), stop);

        var (toMake, noDraw) = shown is null ? await ToMake(program, today, stop) : (null, null);
        var view = new LotteryView(
            slug, program.Name, program.Cohort, toMake, shown is null ? null : await Made(slug, shown, today, page, stop), noDraw,
            [.. draws.Where(draw => draw != shown).Select(draw => new Link($"Draw {draw.Number.ToString(CultureInfo.InvariantCulture)}, {Day(draw.DrawnOn)}", $"{Of(slug)}?draw={draw.Number.ToString(CultureInfo.InvariantCulture)}"))]);
        return Page.Of<LotteryPage>(
            new { Shell = await shell.Staff(stop), View = view, Done = done, Problem = refusal is { Kind: not RefusalKind.Invalid } ? refusal.Message : null, Form = form },
            refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    async Task<(DrawToMake?, string?)> ToMake(ProgramFacts program, DateOnly today, CancellationToken stop)
    {
        if (!program.TakesPeople) return (null, program.TakesNobody.Message);
        var round = await rounds.Of(program, holds: false, stop);
        if (!round.IsOversubscribed) return (null, NoDraw(round));
        var first = (await lotteries.Now(program.Id, stop)).First;
        var firsts = round.Waiting.Count(mentee => first.Contains(mentee.ParticipantId));
        var (others, left) = (round.Waiting.Count - firsts, Math.Max(0, round.Places - firsts));
        var latest = DrawPlaces.LatestWait(today);
        var end = program.LastDay.AddDays(1);
        return (new DrawToMake(
            round.Waiting.Count, round.Places, firsts, firsts == 0 ? null : Odds(Math.Min(firsts, round.Places), firsts), Odds(left, others),
            [.. round.Waiting.GroupBy(mentee => mentee.Tier).OrderBy(tier => tier.Key is null).ThenBy(tier => tier.Key).Select(tier => new TierLine(
                TierOf(tier.Key), tier.Count(), Share(tier.Count(mentee => first.Contains(mentee.ParticipantId)), Math.Min(firsts, round.Places), firsts, tier.Count(mentee => !first.Contains(mentee.ParticipantId)), left, others)))],
            end <= today || end > latest ? latest : end, latest), null);
    }

    static string NoDraw(Round round) => round.Places == 0
        ? $"{Counted.Of(round.Waiting.Count, "mentee waits", "mentees wait")}, and no mentor has an open place. Lots can be drawn once there are places."
        : $"{Counted.Of(round.Waiting.Count, "mentee waits", "mentees wait")} for {Counted.Of(round.Places, "open place", "open places")}: there is one for everybody, so nothing has to be drawn.";

    async Task<DrawMade> Made(string slug, Draw draw, DateOnly today, int page, CancellationToken stop)
    {
        var lots = await db.Set<Lot>().AsNoTracking().Where(lot => lot.DrawId == draw.Id).ToListAsync(stop);
        var won = lots.Where(lot => lot.HasWon).Select(lot => lot.ParticipantId).ToHashSet();
        var again = Lots.Draw(draw.Seed, lots.Select(lot => lot.Ticket), draw.Places).Where(drawn => drawn.HasWon).Select(drawn => drawn.Ticket.ParticipantId);

        page = Math.Clamp(page, 1, (lots.Count + PeopleAPage - 1) / PeopleAPage);
        List<Lot> onPage = [.. lots.OrderByDescending(lot => lot.HasWon).ThenBy(lot => lot.ParticipantId).Skip((page - 1) * PeopleAPage).Take(PeopleAPage)];
        var people = await enrollment.MembersOf([.. onPage.Select(lot => lot.ParticipantId)], stop);
        var cards = await sellers.Cards([.. people.Values.Select(person => person.SellerId)], stop);
        var who = await accounts.Names([draw.DrawnBy], stop);
        var (from, to) = (((page - 1) * PeopleAPage) + 1, Math.Min(page * PeopleAPage, lots.Count));
        string Href(int other) => $"{Of(slug)}?draw={draw.Number.ToString(CultureInfo.InvariantCulture)}&page={other.ToString(CultureInfo.InvariantCulture)}#lots-h";

        return new DrawMade(
            draw.Number, TimeZoneInfo.ConvertTime(draw.DrawnAt, await zone.Of(stop)).ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture), who.GetValueOrDefault(draw.DrawnBy, "the program’s team"), Day(draw.WaitsUntil), today < draw.WaitsUntil,
            draw.Places, lots.Count, won.Count, OddsOf(lots), Convert.ToHexStringLower(draw.Seed), won.SetEquals(again),
            [.. lots.GroupBy(lot => lot.Tier).OrderBy(tier => tier.Key is null).ThenBy(tier => tier.Key).Select(tier => new TierLine(TierOf(tier.Key), tier.Count(), Number(tier.Count(lot => lot.HasWon))))],
            [.. onPage.Select(lot => Line(lot, people.GetValueOrDefault(lot.ParticipantId), cards))],
            $"{Number(from)} to {Number(to)} of {Number(lots.Count)}", page > 1 ? Href(page - 1) : null, to < lots.Count ? Href(page + 1) : null);
    }

    static LotLine Line(Lot lot, Member? person, IReadOnlyDictionary<Guid, SellerCard> cards)
    {
        var shop = person is not null && cards.TryGetValue(person.SellerId, out var card) ? card.Name : null;
        return new(person?.PersonName ?? shop ?? "Somebody who left", person?.PersonName is null ? "" : shop ?? "", TierOf(lot.Tier), lot.HasWon);
    }

    static string OddsOf(List<Lot> lots) => string.Join(", ", lots.GroupBy(lot => lot.IsFirst).OrderByDescending(line => line.Key)
        .Select(line => $"{Percent(line.First().OddsShare)} {(line.Key ? "for who had waited by lot before" : line.Count() == lots.Count ? "for everybody" : "for all others")}"));

    /// <summary>How many places a tier gets: its share of each line, to the next whole one either way.</summary>
    static string Share(int first, int firstPlaces, int firsts, int other, int places, int others)
    {
        var (least, most) = (0, 0);
        foreach (var (people, given, all) in new[] { (first, firstPlaces, firsts), (other, places, others) })
        {
            if (all == 0) continue;
            least += people * given / all;
            most += ((people * given) + all - 1) / all;
        }

        return least == most ? Number(least) : $"{Number(least)} to {Number(most)}";
    }

    internal static string Odds(int places, int people) => people == 0 ? "" : $"{Number(places)} in {Number(people)}, {Percent(places / (double)people)}";

    internal static string Percent(double share) => $"{(100 * share).ToString("0", CultureInfo.CurrentCulture)}%";

    internal static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    static string TierOf(TierName? tier) => tier is { } name ? Tier.LabelOf(name) : "No level said";
}
