using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Programs;

/// <summary>What a program could prove, as its manager reads it before it begins.</summary>
/// <param name="ExpectedFrom">Where the number of mentees comes from that the field begins with.</param>
/// <param name="Figures">Null where there are too few figures to say anything.</param>
public sealed record PlanningView(ProgramFacts Program, FormFields Form, int Mentees, string ExpectedFrom, string Useful, PlanningFigures? Figures);

/// <summary>What it is worked out from, and what comes out.</summary>
/// <param name="Periods">How many periods of four weeks were read.</param>
public sealed record PlanningFigures(string From, string To, int Periods, string Finding, IReadOnlyList<OutcomePlan> Outcomes);

/// <summary>Works out what a program could prove, from how much the sellers of this marketplace differ (docs/methods/planning.md).</summary>
sealed class ReadPlanning(ProgramLookup programs, SellerLookup sellers, IKnowWhoTakesPart people)
{
    /// <summary>About three months. With fewer there is nothing before, or nothing after.</summary>
    const int FewestPeriods = 3;

    /// <summary>As many as a reading of results compares with, and the longest window it takes.</summary>
    const int MostBefore = 3, MostAfter = 13, FewestAfter = 2;

    const int MostMentees = 1_000_000;
    const decimal UsualUseful = 10, MostUseful = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/manage/{program}/plan", async (string program, HttpContext http, ReadPlanning read, Shell shell, CancellationToken stop) =>
        await read.Of(program, FormFields.InAddress(http), stop) is { } view
            ? Page.Of<PlanningPage>(new { Shell = await shell.Staff(stop), View = view }, view.Form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : await Page.Refused(shell, Refusal.NotFound("program"), stop)).RequireAccess(AccessTable.RunProgram);

    async Task<PlanningView?> Of(string slug, FormFields form, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return null;
        var expected = await people.Of(program.Id, stop);
        var (begin, from) = expected switch
        {
            { Mentees: > 0 } => (expected.Mentees, $"{Counted.Of(expected.Mentees, "mentee takes part or waits", "mentees take part or wait")} now."),
            { Places: > 0 } => (expected.Places, $"Mentors have {Counted.Of(expected.Places, "place", "places")} now."),
            _ => (StudyFacts.LeastMentees, "Nobody waits yet. Of fewer than 30 no result is shown."),
        };
        var mentees = form.Text("mentees").Length == 0 ? begin : form.Whole("mentees", "how many mentees you expect");
        var useful = form.Text("useful").Length == 0 ? UsualUseful : form.Number("useful", "the smallest useful effect in percent");
        if (form.Error("mentees") is null && mentees is < 1 or > MostMentees) form.Refuse("mentees", string.Create(CultureInfo.InvariantCulture, $"Enter between 1 and {MostMentees:N0} mentees."));
        if (form.Error("useful") is null && useful is <= 0 or > MostUseful) form.Refuse("useful", $"Enter a percentage above 0 and up to {MostUseful}.");
        if (form.Errors.Count > 0) (mentees, useful) = (begin, UsualUseful);

        return new(program, form, mentees, from, useful.ToString("0.##", CultureInfo.InvariantCulture), await Figures(program, expected.Sellers, mentees, (double)useful / 100, stop));
    }

    async Task<PlanningFigures?> Figures(ProgramFacts program, IReadOnlyCollection<Guid> takePart, int mentees, double useful, CancellationToken stop)
    {
        if (new[] { await sellers.LastDay(stop), program.FiguresAsOf }.Min() is not { } last) return null;
        var wanted = MostBefore + 1 + Math.Clamp((int)Math.Ceiling(7.0 * program.Design.Structure.LengthWeeks / SellerPanel.DaysAPeriod), FewestAfter, MostAfter);
        var spread = await Spread(last, wanted, takePart, stop);
        var periods = spread.WholePeriods.Reverse().TakeWhile(isWhole => isWhole).Count();
        if (periods < FewestPeriods) return null;
        // A gap, or the first import, cuts off what lies before it.
        if (periods < wanted) spread = await Spread(last, periods, takePart, stop);

        // The mentees to come are among them now.
        var others = Math.Max(0, spread.Sales.Sellers - mentees);
        OutcomePlan[] outcomes =
        [
            OutcomePlan.Of("Sales", "What a mentee sells in four weeks, as Impact reads it: growth beside growth.", "first_year_revenue", PlannedComparison.OfRatios(Of(spread.Sales)), others, mentees, useful),
            OutcomePlan.Of("Orders", "How many orders a mentee has in four weeks, as Impact reads it: difference beside difference.", null, PlannedComparison.OfDifferences(Of(spread.Orders)), others, mentees, useful),
            await Newcomers(program, Outcome.Primary[0].Id, null, last, takePart, mentees, useful, stop),
            program.Design.MilestoneMinorUnits is { } milestone
                ? await Newcomers(program, Outcome.RevenueMilestone, milestone, last, takePart, mentees, useful, stop)
                : NotKnown(Outcome.RevenueMilestone, "Not known: the goal names no amount yet."),
            NotKnown("listing_quality", "Not known: listings come as they are now, so nobody can say how much their score moves."),
            NotKnown("repeat_purchase_rate", "Not known: how much the share of buyers who come back moves is not worked out yet."),
        ];
        return new(Day(last.AddDays(1 - periods * SellerPanel.DaysAPeriod)), Day(last), periods, Finding(outcomes, mentees, useful), outcomes);
    }

    async Task<PanelSpread> Spread(DateOnly last, int periods, IReadOnlyCollection<Guid> takePart, CancellationToken stop)
    {
        var before = Math.Min(MostBefore, (periods - 1) / 2);
        return await sellers.Spread(last.AddDays(1 - periods * SellerPanel.DaysAPeriod), before, periods - 1 - before, takePart, stop);
    }

    async Task<OutcomePlan> Newcomers(ProgramFacts program, string id, long? revenue, DateOnly last, IReadOnlyCollection<Guid> takePart, int mentees, double useful, CancellationToken stop)
    {
        var outcome = Outcome.Find(id)!;
        var days = program.Design.Goal.OutcomeId == id ? program.Design.Goal.Target : outcome.SuggestedTarget;
        var found = await sellers.NewcomersWithin(new(days, revenue, program.Design.Mentees.MaximumDaysSinceSignUp), last, takePart, stop);
        var measure = $"{outcome.Label}, {string.Format(CultureInfo.InvariantCulture, outcome.Target, days)}: {Counted.Of((int)found.Reached, "seller", "sellers")} of {found.Sellers.ToString("N0", CultureInfo.CurrentCulture)} newcomers. Impact reads it by how many days sooner {(id == Outcome.FirstSale ? "it comes" : "it is reached")}.";
        return OutcomePlan.Of(outcome.Label, measure, id, PlannedComparison.OfShares(found.Sellers, found.Reached), Math.Max(0, found.Sellers - mentees), mentees, useful, found.Sellers == 0 ? null : found.Reached / (double)found.Sellers);
    }

    static OutcomePlan NotKnown(string id, string why) => Outcome.Find(id) is { } outcome ? new(outcome.Label, outcome.Definition, id, NotKnown: why) : throw new InvalidOperationException($"There is no outcome {id}.");

    static string Finding(IReadOnlyList<OutcomePlan> outcomes, int mentees, double useful)
    {
        var asked = (100 * useful).ToString("0.##", CultureInfo.CurrentCulture);
        if (outcomes.Where(outcome => outcome.MenteesNeeded is not null).MinBy(outcome => outcome.MenteesNeeded) is not { } least) return $"No outcome shows {asked}% beside the sellers there are";
        var found = outcomes.Count(outcome => outcome.MenteesNeeded <= mentees);
        return found > 0 ? $"{Counted.Of(mentees, "mentee", "mentees")} would show {asked}% in {string.Join(" and ", outcomes.Where(outcome => outcome.MenteesNeeded <= mentees).Select(outcome => Lower(outcome.Label)))}"
            : $"{Counted.Of(mentees, "mentee", "mentees")} would not show {asked}%. {least.Label} would with {least.MenteesNeeded!.Value.ToString("N0", CultureInfo.CurrentCulture)}";
    }

    static BeforeAfterSums Of(ChangeSums sums) => new(sums.Sellers, sums.Before, sums.After, sums.BeforeSquares, sums.AfterSquares, sums.Products);

    static string Lower(string label) => char.ToLowerInvariant(label[0]) + label[1..];

    static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);
}
