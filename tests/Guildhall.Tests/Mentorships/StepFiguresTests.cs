using Guildhall.Modules.Library;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Sellers;

namespace Guildhall.Tests.Mentorships;

/// <summary>Every condition of the library is judged, and none of them by what nobody knows.</summary>
public sealed class StepFiguresTests
{
    static readonly DateOnly Day = new(2026, 11, 20);

    public static TheoryData<string> Conditions => [.. StepCondition.All.Select(condition => condition.Key)];

    [Theory, MemberData(nameof(Conditions))]
    public void Is_met_by_a_shop_that_has_everything_and_not_by_one_that_has_nothing(string condition)
    {
        var (many, none) = (new Milestone(9, Day.AddDays(-9), Day.AddDays(-5)), new Milestone(0, null, null));

        var met = StepFigures.Check(condition, new ShopMilestones(Day, many, many, many, 4));
        var missed = StepFigures.Check(condition, new ShopMilestones(Day, none, none, none, 0));

        (met.IsMet, missed.IsMet).ShouldBe((true, false));
        met.MetOn.ShouldNotBeNull();
        (missed.MetOn, missed.SoFar is not null).ShouldBe((null, true));
    }

    [Theory, MemberData(nameof(Conditions))]
    public void Is_neither_met_nor_missed_where_nothing_is_known(string condition)
    {
        StepFigures.Check(condition, null).ShouldBe(new FigureCheck(null, null, null));
        StepFigures.Check(condition, new ShopMilestones(Day, default, default, default, null)).ShouldBe(new FigureCheck(null, null, null));
    }

    [Fact]
    public void Asks_for_all_five_and_takes_the_last_day_of_the_figures_where_the_day_is_not_known()
    {
        StepFigures.Check("five_orders", new ShopMilestones(Day, default, new Milestone(4, Day, null), default, null)).ShouldBe(new FigureCheck(false, null, "4 of 5 orders by 20 Nov"));
        StepFigures.Check("five_listings_live", new ShopMilestones(Day, new Milestone(5, null, null), default, default, null)).ShouldBe(new FigureCheck(true, Day, "5 of 5 listings by 20 Nov"));
    }

    [Fact]
    public void Knows_no_condition_that_the_library_does_not_offer() =>
        StepFigures.Check("no_such_condition", new ShopMilestones(Day, new Milestone(9, Day, Day), default, default, null)).IsMet.ShouldBeNull();
}
