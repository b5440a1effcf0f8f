using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;

namespace Guildhall.Tests.Enrollment;

/// <summary>The rule of docs/methods/tiers.md.</summary>
public sealed class TierProposalTests
{
    static readonly SellerFigures Example = new(Guid.NewGuid(), new DateOnly(2026, 11, 20), null, null, null, null, 3, 0.3, null, [], 11, null, null, 4.4, 9, null, null, null, null, null, null);

    [Fact]
    public void Works_the_example_of_the_method_page()
    {
        var proposal = TierProposal.Of(Example, new ApplicationAnswers { Times = ["mon-morning", "tue-morning", "wed-morning", "thu-morning"] });

        proposal.Parts.Select(part => part.Points).ShouldBe([15, 14, 15, 12]);
        (proposal.Points, proposal.Tier).ShouldBe((56, TierName.Standard));
        proposal.Parts[0].Why.ShouldBe("+30% against the four weeks before");
    }

    [Fact]
    public void Counts_half_for_what_is_not_known_and_says_so()
    {
        var proposal = TierProposal.Of(null, new ApplicationAnswers());

        proposal.Parts.ShouldAllBe(part => part.Points == 12 && part.Why == "not known, counts half");
        proposal.Tier.ShouldBe(TierName.Standard);
    }

    [Theory]
    [InlineData(0.5, 20, 5.0, 8, 100, TierName.Intensive)]
    [InlineData(9.0, 900, 5.0, 21, 100, TierName.Intensive)]
    [InlineData(-0.9, 0, 1.0, 0, 0, TierName.SelfServe)]
    [InlineData(-0.1, 8, 3.5, 4, 22, TierName.Light)]
    public void Stops_at_both_ends_of_a_part(double trend, int listings, double mean, int times, int points, TierName tier)
    {
        var figures = Example with { OrdersTrend = trend, Listings = listings, ReviewMean = mean };

        var proposal = TierProposal.Of(figures, new ApplicationAnswers { Times = [.. Enumerable.Repeat("mon-morning", times)] });

        (proposal.Points, proposal.Tier).ShouldBe((points, tier));
    }

    [Fact]
    public void Rests_no_opinion_of_buyers_on_fewer_than_five()
    {
        var proposal = TierProposal.Of(Example with { Reviews = 4, ReviewMean = 5 }, new ApplicationAnswers());

        proposal.Parts[2].Why.ShouldBe("not known, counts half");
    }
}
