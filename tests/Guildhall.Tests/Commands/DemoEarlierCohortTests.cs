using Guildhall.Commands.Demo;

namespace Guildhall.Tests.Commands;

/// <summary>Who took part in the demo's earlier program, and what is put into their orders.</summary>
public class DemoEarlierCohortTests
{
    static readonly DateOnly AsOf = new(2026, 9, 28);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sold_before_they_joined_and_joined_in_two_rounds(ulong seed)
    {
        var earlier = DemoMarketplace.Generate(seed, AsOf, new DemoSize()).Earlier;

        earlier.StartsOn.DayOfWeek.ShouldBe(DayOfWeek.Monday);
        (earlier.Mentees.Count, earlier.Mentors.Count).ShouldBe((84, 32));
        earlier.Mentees.Select(mentee => mentee.Seller).Intersect(earlier.Mentors).ShouldBeEmpty();
        earlier.Mentees.ShouldAllBe(mentee => mentee.Seller.SignedUpOn.AddDays(mentee.Seller.Temper.FirstSaleAfterDays!.Value) <= earlier.StartsOn.AddDays(-140));
        earlier.Mentees.GroupBy(mentee => mentee.Round).Select(round => (round.Key, round.Count())).Order().ShouldBe([(1, 56), (2, 28)]);
        earlier.Mentees.ShouldAllBe(mentee => mentee.AcceptedOn < mentee.JoinedOn && mentee.JoinedOn < earlier.StartsOn.AddDays(56));
    }

    [Fact]
    public void Sell_less_before_and_more_after_and_nobody_else_does()
    {
        var marketplace = DemoMarketplace.Generate(1, AsOf, new DemoSize());
        var (mentee, other) = (marketplace.Earlier.Mentees[0], marketplace.Earlier.Mentors[0]);

        double Lift(int days) => marketplace.Earlier.Lift(mentee.Seller, mentee.JoinedOn.AddDays(days));
        (Lift(-29), Lift(-28), Lift(-1), Lift(0)).ShouldBe((1, 0.75, 0.75, 1));
        Lift(35).ShouldBe(1 + (DemoEarlierCohort.Effect * (1 - Math.Exp(-1))), 1e-12);
        Lift(300).ShouldBeInRange(1.4999, 1.5);
        Enumerable.Range(-60, 200).ShouldAllBe(day => marketplace.Earlier.Lift(other, mentee.JoinedOn.AddDays(day)) == 1);
    }

    [Fact]
    public void Are_nobody_where_figures_do_not_reach_back_far_enough() =>
        DemoMarketplace.Generate(1, AsOf, new DemoSize(Sellers: 400, Months: 8, Mentees: 5)).Earlier.Mentees.ShouldBeEmpty();
}
