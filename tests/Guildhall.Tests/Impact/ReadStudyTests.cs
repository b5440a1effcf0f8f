using Guildhall.Evidence;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Sellers;

namespace Guildhall.Tests.Impact;

/// <summary>What is read out of sellers whose effect is known, and that nothing is read where a rule says so.</summary>
public sealed class ReadStudyTests
{
    static readonly ReadingTerms sales = new(StudyOutcome.Sales, 4, true, true, true, 10);
    static readonly ReadingTerms orders = sales with { Outcome = StudyOutcome.Orders };

    [Theory]
    [InlineData(StudyOutcome.Sales)]
    [InlineData(StudyOutcome.Orders)]
    public void Finds_an_effect_that_is_there(StudyOutcome outcome)
    {
        var found = Read(new MadeSellers { Effect = 0.3, Dip = 0.3 }.Study(), sales with { Outcome = outcome });

        found.Verdict.ShouldBe(VerdictKind.SomeEvidence);
        found.Share!.Lower.ShouldBeGreaterThan(0);
        (found.Share.Lower < 0.3 && 0.3 < found.Share.Upper).ShouldBeTrue($"{found.Share}");
        found.Checks!.JustBefore!.Upper.ShouldBeLessThan(0, "they joined after a bad month");
        found.Amount!.Value.ShouldBe(found.Actual!.Value - found.Expected!.Value, 1e-6 * found.Expected.Value);
    }

    [Theory]
    [InlineData(int.MaxValue, 0.3)]
    [InlineData(7, 0.0)]
    public void Follows_what_is_left_when_mentorships_have_ended(int effectLasts, double left)
    {
        var made = new MadeSellers { Effect = 0.3, EffectLasts = effectLasts };
        // The last joined in period 6; mentorships last 4 periods. Months 1 to 3 after are over with period 12, months 4 to 6 with 15, months 10 to 12 with 21.
        var study = made.Study() with { MentoredPeriods = 4, Longer = (made with { Periods = 15 }).Study() };

        var after = Read(study, sales).After;

        after.Select(one => (one.FromMonth, one.ToMonth, one.DueOn is null)).ShouldBe([(1, 3, true), (4, 6, true), (10, 12, false)]);
        after.Take(2).ShouldAllBe(one => one.Mentees == 64 && one.Share!.Lower < one.Share.Upper);
        (after[1].Share!.Lower < left && left < after[1].Share!.Upper).ShouldBeTrue($"{after[1].Share}");
        // The window of four periods ends on 1 October; the last who joined has had sixteen periods twelve later.
        after[2].DueOn.ShouldBe(new DateOnly(2026, 10, 1).AddDays((12 * 28) + 1));
        after[2].Share.ShouldBeNull();
    }

    [Fact]
    public void Has_nothing_of_later_where_there_is_no_number_now() =>
        Read(new MadeSellers { Effect = 0.5, Mentees = 20 }.Study() with { Longer = (new MadeSellers { Effect = 0.5, Mentees = 20, Periods = 15 }).Study() }, sales).After.ShouldBeEmpty();

    [Theory]
    [InlineData(0.15, VerdictKind.SomeEvidence)]
    [InlineData(0.0, VerdictKind.NoClearChange)]
    [InlineData(-0.15, VerdictKind.GotWorse)]
    public void Reads_averages_beside_the_outcome_whatever_it_did(double better, VerdictKind expected)
    {
        var found = Read(new MadeSellers { Effect = 0.3, BetterReviews = better }.Study(), sales);

        found.Averages.Select(average => (average.What, average.Verdict)).ShouldBe(
            [(PanelAverage.OrderValue, VerdictKind.NoClearChange), (PanelAverage.Review, expected), (PanelAverage.ReturningBuyers, VerdictKind.TooFew), (PanelAverage.SentBack, VerdictKind.TooFew), (PanelAverage.LateDispatch, VerdictKind.TooFew)]);
        var (value, review) = (found.Averages[0], found.Averages[1]);
        (review.Change!.Lower < better && better < review.Change.Upper).ShouldBeTrue($"{review.Change}");
        (value.Change!.Lower < 0 && 0 < value.Change.Upper && value.Actual!.Value is > 2_800 and < 3_200).ShouldBeTrue($"{value}");
        review.Actual!.Value.ShouldBe(review.Expected!.Value + review.Change.Value, 1e-9);
        (found.Averages[2].Change, found.Averages[2].Mentees, found.Averages[2].Others).ShouldBe((null, 0, 0));
    }

    [Fact]
    public void Calls_fewer_orders_sent_back_better()
    {
        // One order in ten comes back; one in twenty of mentees from joining on.
        var study = SentBack(new MadeSellers().Study(), (seller, t) => (seller.Joined > 0 && t + 1 >= seller.Joined ? 0.05 : 0.1) * (1 + (0.2 * Math.Sin(t + seller.Cluster))));

        var sentBack = Read(study, sales).Averages.Single(average => average.What == PanelAverage.SentBack);

        sentBack.Verdict.ShouldBe(VerdictKind.SomeEvidence);
        sentBack.Change!.Upper.ShouldBeLessThan(0);
    }

    [Fact]
    public void Has_no_average_of_few_and_none_where_groups_are_not_alike()
    {
        var few = new MadeSellers { Effect = 0.3, BetterReviews = 0.2 }.Study();
        few = few with { Sellers = [.. few.Sellers.Select((seller, i) => i < 36 ? seller with { Averages = new Dictionary<PanelAverage, AverageParts>() } : seller)] };

        var averages = Read(few, sales).Averages;

        averages.ShouldAllBe(average => average.Verdict == VerdictKind.TooFew && average.Change == null && average.Actual == null);
        averages[1].Mentees.ShouldBe(28);
        Read(new MadeSellers { Effect = 0.3, BetterReviews = 0.2, CountryOfMentees = "IT" }.Study(), sales).Averages.ShouldBe(ReadAverages.Without(VerdictKind.NotReported));
        Read(new MadeSellers { Effect = 0.3, BetterReviews = 0.2, Mentees = 20 }.Study(), sales).Averages.ShouldBe(ReadAverages.Without(VerdictKind.TooFew));
        Read(new MadeSellers { Effect = 0.3, BetterReviews = 0.2 }.Study(new(2026, 12, 1)), sales).Averages.ShouldBe(ReadAverages.Without(VerdictKind.TooEarly));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.0005)]
    public void Has_no_share_of_what_hardly_happened(double share)
    {
        // Of some 15,000 orders of mentees after joining none, or seven, came back.
        var study = SentBack(new MadeSellers().Study(), (seller, t) => seller.Joined > 0 && t + 1 >= seller.Joined ? share : 0.1);

        var sentBack = Read(study, sales).Averages[3];

        (sentBack.Verdict, sentBack.HasFewEvents, sentBack.Change, sentBack.Mentees).ShouldBe((VerdictKind.TooFew, true, null, 64));
    }

    [Fact]
    public void Has_no_average_that_one_shop_carries()
    {
        var study = new MadeSellers { BetterReviews = 0.2 }.Study();
        study = study with { Sellers = [.. study.Sellers.Select((seller, i) => i > 0 ? seller : seller with { Averages = seller.Averages.ToDictionary(one => one.Key, one => new AverageParts([.. one.Value.Sums.Select(sum => 500 * sum)], [.. one.Value.Counts.Select(count => 500 * count)])) })] };

        var averages = Read(study, sales).Averages.Take(2);

        averages.ShouldAllBe(average => average.IsCarriedByFew && average.Verdict == VerdictKind.TooFew && average.Change == null);
    }

    static Study SentBack(Study study, Func<StudySeller, int, double> share) => study with
    {
        Sellers = [.. study.Sellers.Select(seller => seller with { Averages = new Dictionary<PanelAverage, AverageParts> { [PanelAverage.SentBack] = new([.. seller.Orders.Select((number, t) => number * share(seller, t))], seller.Orders) } })],
    };

    [Fact]
    public void Says_nothing_of_an_average_that_moved_apart_before()
    {
        var study = new MadeSellers { BetterReviews = 0 }.Study();
        study = study with
        {
            Sellers = [.. study.Sellers.Select(seller => seller.Joined == 0 ? seller : seller with { Averages = seller.Averages.ToDictionary(one => one.Key, one => one.Key == PanelAverage.Review ? one.Value with { Sums = [.. one.Value.Sums.Select((sum, t) => sum + (0.15 * t * one.Value.Counts[t]))] } : one.Value) })],
        };

        var review = Read(study, sales).Averages[1];

        (review.What, review.Verdict, review.Change).ShouldBe((PanelAverage.Review, VerdictKind.NotReported, null));
    }

    [Fact]
    public void Calls_it_strong_only_with_a_hundred_in_each_group_and_every_check()
    {
        var many = new MadeSellers { Effect = 0.3, Mentees = 110, Others = 2_500 };

        Read(many.Study(), sales).Verdict.ShouldBe(VerdictKind.StrongEvidence);
        Read((many with { Mentees = 90 }).Study(), sales).Verdict.ShouldBe(VerdictKind.SomeEvidence);
        Read((many with { Others = 500 }).Study(), sales).Checks!.IsRoomForAll.ShouldBeFalse("one in five of their category is a mentee");
    }

    [Theory]
    [InlineData(0.0, 2.0, VerdictKind.NoClearChange)]
    [InlineData(0.0, 60.0, VerdictKind.TooSmallToMatter)]
    [InlineData(-0.35, 10.0, VerdictKind.GotWorse)]
    public void Says_what_the_interval_says(double effect, double useful, VerdictKind expected) =>
        Read(new MadeSellers { Effect = effect }.Study(), sales with { UsefulPercent = (decimal)useful }).Verdict.ShouldBe(expected);

    [Theory]
    [InlineData(29, 300, 9, 4, "1 0 0 0")]
    [InlineData(64, 58, 9, 4, "0 2 0 0")]
    [InlineData(64, 300, 8, 2, "0 0 1 0")]
    [InlineData(64, 300, 6, 4, "0 0 0 1")]
    public void Has_no_number_where_there_are_too_few(int mentees, int others, int periods, int before, string missing)
    {
        var found = Read(new MadeSellers { Effect = 0.5, Mentees = mentees, Others = others, Periods = periods, PeriodsBefore = before }.Study(), orders);

        found.Verdict.ShouldBe(VerdictKind.TooFew);
        $"{found.Needs!.Mentees} {found.Needs.Controls} {found.Needs.PeriodsBefore} {found.Needs.PeriodsAfter}".ShouldBe(missing);
        HasNoNumber(found);
    }

    [Fact]
    public void Has_no_number_before_the_window_is_over()
    {
        var found = Read(new MadeSellers { Effect = 0.5 }.Study(windowEndsOn: new(2026, 11, 1)), sales);

        found.Verdict.ShouldBe(VerdictKind.TooEarly);
        HasNoNumber(found);
    }

    [Fact]
    public void Has_no_number_where_nobody_is_like_the_mentees()
    {
        var found = Read(new MadeSellers { Effect = 0.5, CountryOfMentees = "IT" }.Study(), sales);

        (found.Verdict, found.Failed).ShouldBe((VerdictKind.NotReported, StudyCheck.ControlsComparable));
        found.Checks!.LeastAlike!.Measure.ShouldBe("Country: IT");
        HasNoNumber(found);
        Read(new MadeSellers { Effect = 0.5, CountryOfMentees = "IT" }.Study(), sales with { ComparesCountry = false }).Share.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(StudyOutcome.Sales)]
    [InlineData(StudyOutcome.Orders)]
    public void Has_no_number_where_mentees_grew_faster_before_they_joined(StudyOutcome outcome)
    {
        var found = Read(new MadeSellers { Keenness = 0.15, Mentees = 120 }.Study(), sales with { Outcome = outcome });

        (found.Verdict, found.Failed).ShouldBe((VerdictKind.NotReported, StudyCheck.FlatBefore));
        HasNoNumber(found);
    }

    [Fact]
    public void Covers_the_true_effect_as_often_as_it_says()
    {
        var (covered, reported) = (0, 0);
        for (var seed = 1; seed <= 16; seed++)
        {
            var found = Read(new MadeSellers { Effect = 0.2, Dip = 0.3, Seed = seed, Others = 150 }.Study(), orders);
            if (found.Share is not { } share) continue;
            reported++;
            if (share.Lower <= 0.2 && 0.2 <= share.Upper) covered++;
        }

        // Of 16 honest readings about one has a check before joining that fails by chance. That coverage is 95% is shown by the library's 500 runs (docs/methods/group-time-effects.md); here, that nothing on the way from sellers to the page bends it.
        reported.ShouldBeGreaterThanOrEqualTo(12);
        (reported - covered).ShouldBeLessThanOrEqualTo(3, $"{covered} of {reported}");
    }

    [Theory]
    [InlineData(StudyOutcome.Sales)]
    [InlineData(StudyOutcome.Orders)]
    public void Takes_the_simple_figure_apart_in_steps_that_add_up(StudyOutcome outcome)
    {
        var found = Read(new MadeSellers { Effect = 0.3, Dip = 0.3 }.Study(), sales with { Outcome = outcome });
        var steps = found.Steps!;

        (steps.BeforeAfter - steps.BadMonthBefore - steps.MarketMoved - steps.OtherSellers).ShouldBe(steps.Effect, 1e-6 * found.Expected!.Value);
        steps.Effect.ShouldBe(found.Amount!.Value, 1e-6 * found.Expected.Value);
        steps.BadMonthBefore.ShouldBeGreaterThan(0);
        steps.BeforeAfter.ShouldBeGreaterThan(steps.Effect);
    }

    [Fact]
    public void Gives_the_same_findings_for_the_same_figures()
    {
        var study = new MadeSellers { Effect = 0.3 }.Study();

        Json(Read(study, sales)).ShouldBe(Json(Read(study, sales)));

        static string Json(Findings found) => System.Text.Json.JsonSerializer.Serialize(found, Guildhall.Platform.JsonColumns.Options);
    }

    [Fact]
    public void Shows_no_group_of_fewer_than_ten()
    {
        var sellers = new MadeSellers { Effect = 0.3 }.Make().Select((seller, i) => i < 6 ? seller with { Category = "rare" } : seller).ToList();
        var found = Read(new MadeSellers().Study() with { Sellers = sellers }, sales);

        found.Balance.ShouldNotContain(line => line.Measure.Contains("rare"));
        found.Balance.ShouldContain(line => line.Measure == "Category: another, or not known");
        found.Line.ShouldAllBe(point => point.Mentees >= 10);
    }

    static void HasNoNumber(Findings found) =>
        (found.Share, found.Amount, found.Actual, found.Expected, found.SmallestVisible, found.Line.Count, found.Steps, found.Others.Count).ShouldBe((null, null, null, null, null, 0, null, 0));

    static Findings Read(Study study, ReadingTerms terms) => ReadStudy.Of(study, terms, TestContext.Current.CancellationToken);
}
