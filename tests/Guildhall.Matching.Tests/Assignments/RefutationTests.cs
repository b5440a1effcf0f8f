using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

/// <summary>What <see cref="AssignmentCheck"/> says of each thing that can be wrong with a claim, at its boundary.</summary>
public class RefutationTests
{
    const long Ceiling = 1L << 60;

    // One place worth 0.9 to ana, who could also go to leo for 0.1; bea has only that place, for 0.2, or eva, who has none, for 0.3.
    static readonly AssignmentProblem Problem = new([0, 2, 4], [0, 1, 0, 2], [900_000, 100_000, 200_000, 300_000], [1, 1, 0]);

    static readonly Claim True = new(AssignmentObjective.Score, [0, -1], [700_000, 0], [200_000, 0, 300_000], new long[8], [1, 0, 0, 0, 0, 0, 0, 0], 1, 900_000);

    sealed record Claim(AssignmentObjective Objective, int[] MentorOf, long[] MenteePrices, long[] MentorPrices, long[] Bonus, int[] Counts, int Matched, long Total)
    {
        public string? Violation(AssignmentProblem? problem = null) =>
            AssignmentCheck.FirstViolation(problem ?? Problem, new Assignment(Objective, MentorOf, MenteePrices, MentorPrices, Bonus, Counts, Matched, Total));
    }

    [Fact]
    public void Confirms_what_is_true() => True.Violation().ShouldBeNull();

    [Fact]
    public void A_claim_is_about_the_same_people()
    {
        (True with { Objective = (AssignmentObjective)9 }).Violation().ShouldBe("The objective is unknown.");
        (True with { MentorOf = [0] }).Violation().ShouldBe("The claim is not about the same number of mentees.");
        (True with { MenteePrices = [700_000, 0, 0] }).Violation().ShouldBe("The claim is not about the same number of mentees.");
        (True with { MentorPrices = [200_000, 0] }).Violation().ShouldBe("The claim is not about the same number of mentors.");
        (True with { Bonus = new long[7] }).Violation().ShouldBe("The claim does not have eight priority classes.");
        (True with { Counts = [1] }).Violation().ShouldBe("The claim does not have eight priority classes.");
    }

    [Fact]
    public void Pairs_exist_and_fit_the_places()
    {
        (True with { MentorOf = [0, 1] }).Violation().ShouldBe("The mentee 1 is matched with mentor 1, but there is no such pair.");
        (True with { MentorOf = [-2, -1] }).Violation().ShouldBe("The mentee 0 is matched with mentor -2, but there is no such pair.");
        (True with { MentorOf = [0, 0] }).Violation().ShouldBe("The mentor 0 has 1 places and more mentees than that.");
        (True with { MentorOf = [0, 2] }).Violation().ShouldBe("The mentor 2 has 0 places and more mentees than that.");
    }

    [Fact]
    public void Numbers_and_total_are_what_the_pairs_add_up_to()
    {
        (True with { Total = 900_001 }).Violation().ShouldBe("The total score is claimed as 900001 millionths, and the pairs add up to 900000.");
        (True with { Matched = 2 }).Violation().ShouldBe("2 mentees are claimed as matched, and 1 are.");
        (True with { Counts = [1, 0, 0, 0, 0, 0, 0, 1] }).Violation().ShouldBe("1 mentees of priority 7 are claimed as matched, and 0 are.");
        (True with { Counts = new int[8] }).Violation().ShouldBe("0 mentees of priority 0 are claimed as matched, and 1 are.");
    }

    [Fact]
    public void Bonuses_never_fall_and_the_objective_by_score_has_none()
    {
        Bonuses(-1, 0).ShouldBe("The bonus of priority 0 is -1, outside 0 … 2^60.");
        Bonuses(Ceiling, Ceiling + 1).ShouldBe("The bonus of priority 1 is 1152921504606846977, outside 0 … 2^60.");
        Bonuses(2, 1).ShouldBe("The bonus of priority 1 is below that of priority 0.");
        (True with { Bonus = [0, 0, 0, 0, 0, 0, 0, 5] }).Violation().ShouldBe("The bonus of priority 7 is 5, and the objective by score has none.");

        static string? Bonuses(long first, long others) => (True with { Objective = AssignmentObjective.MatchedFirst, Bonus = [first, .. Enumerable.Repeat(others, 7)] }).Violation();
    }

    [Fact]
    public void Prices_are_0_where_nothing_is_held_and_cover_every_pair_exactly_where_it_is()
    {
        MentorPrices(-1, 0, 300_000).ShouldBe("The price of mentor 0 is -1, outside 0 … 2^60.");
        MentorPrices(Ceiling + 1, 0, 300_000).ShouldBe("The price of mentor 0 is 1152921504606846977, outside 0 … 2^60.");
        MentorPrices(Ceiling, 0, 300_000).ShouldBe("The mentee 0 is matched with mentor 0, and their prices are 1152921504606646976 above what the pair brings.");
        MentorPrices(200_000, 1, 300_000).ShouldBe("The mentor 1 has room left and a price of 1.");
        MentorPrices(200_000, 0, 300_001).ShouldBe("The mentor 2 has no places, and its price is 300001 where 300000 is the smallest that covers its pairs.");
        MenteePrices(-1, 0).ShouldBe("The price of mentee 0 is -1, outside 0 … 2^60.");
        MenteePrices(Ceiling + 1, 0).ShouldBe("The price of mentee 0 is 1152921504606846977, outside 0 … 2^60.");
        MenteePrices(Ceiling, 0).ShouldBe("The mentee 0 is matched with mentor 0, and their prices are 1152921504606146976 above what the pair brings.");
        MenteePrices(700_000, 1).ShouldBe("The mentee 1 is unmatched and has a price of 1.");
        MenteePrices(699_999, 0).ShouldBe("The prices of mentee 0 and mentor 0 are 1 below what their pair brings.");
        MenteePrices(700_001, 0).ShouldBe("The mentee 0 is matched with mentor 0, and their prices are 1 above what the pair brings.");

        static string? MentorPrices(params long[] prices) => (True with { MentorPrices = prices }).Violation();
        static string? MenteePrices(params long[] prices) => (True with { MenteePrices = prices }).Violation();
    }

    [Fact]
    public void A_bonus_is_no_greater_than_the_prices_need()
    {
        // ana has 1 more by the bonus, and nobody is kept in by it: the first class pays for it, or the second.
        var widest = new AssignmentProblem([0, 1, 2], [0, 1], [500_000, 400_000], [1, 1], [0, 1]);
        var claim = new Claim(AssignmentObjective.MatchedFirst, [0, 1], [500_000, 400_000], [0, 0], new long[8], [1, 1, 0, 0, 0, 0, 0, 0], 2, 900_000);

        claim.Violation(widest).ShouldBeNull();
        (claim with { MenteePrices = [500_001, 400_001], Bonus = [1, 1, 1, 1, 1, 1, 1, 1] }).Violation(widest).ShouldBe("The bonus of priority 0 is greater than the prices need.");
        (claim with { MenteePrices = [500_000, 400_001], Bonus = [0, 1, 1, 1, 1, 1, 1, 1] }).Violation(widest).ShouldBe("The bonus of priority 1 is greater than the prices need.");
    }

    [Fact]
    public void One_more_mentee_at_a_free_place_or_in_place_of_a_lower_class_refutes_the_numbers_matched()
    {
        // ana holds ruth and could go to leo; bea can only go to ruth. By score alone bea stays out.
        var chain = new AssignmentProblem([0, 2, 3], [0, 1, 0], [900_000, 100_000, 200_000], [1, 1], [5, 3]);
        var kept = new Claim(AssignmentObjective.MatchedFirst, [0, -1], [700_000, 0], [200_000, 0], new long[8], [0, 0, 0, 0, 0, 1, 0, 0], 1, 900_000);
        // One place, held by the lower class.
        var place = new AssignmentProblem([0, 1, 2], [0, 0], [900_000, 200_000], [1], [3, 5]);
        var held = new Claim(AssignmentObjective.MatchedFirst, [0, -1], [700_000, 0], [200_000], new long[8], [0, 0, 0, 1, 0, 0, 0, 0], 1, 900_000);
        // The same with both of one class.
        var equal = new AssignmentProblem([0, 1, 2], [0, 0], [900_000, 200_000], [1], [3, 3]);

        kept.Violation(chain).ShouldBe("One more mentee of priority 3 or above could be matched: a chain of moves ends at a free place of mentor 1.");
        held.Violation(place).ShouldBe("One more mentee of priority 5 or above could be matched in place of mentee 0, of a lower priority.");
        held.Violation(equal).ShouldBeNull();
    }

    [Fact]
    public void A_claim_about_an_instance_is_refuted_in_ids()
    {
        var instance = Instance();

        AssignmentCheck.FirstViolation(instance, Held(0, 899_999)).ShouldBe("The prices of mentee ana and mentor ruth are 1 below what their pair brings.");
        AssignmentCheck.FirstViolation(instance, Held(1, 0)).ShouldBe("The mentee ana is matched with mentor 1, but there is no such pair.");
        AssignmentCheck.FirstViolation(instance, Held(7, 0)).ShouldBe("The mentee ana is matched with mentor 7, but there is no such pair.");
        AssignmentCheck.FirstViolation(instance, Held(-2, 0)).ShouldBe("The mentee ana is matched with mentor -2, but there is no such pair.");

        static Assignment Held(int mentor, long price) => new(AssignmentObjective.Score, [mentor], [price], [0], new long[8], [1, 0, 0, 0, 0, 0, 0, 0], 1, 900_000);
    }

    static AssignmentInstance Instance()
    {
        var builder = new AssignmentInstanceBuilder(seed: 1);
        builder.AddMentor("ruth", 1).ShouldBeNull();
        builder.AddPair("ana", "ruth", 900_000).ShouldBeNull();
        return builder.Build(out _)!;
    }

    [Fact]
    public void Names_what_is_missing()
    {
        var claim = new Assignment(AssignmentObjective.Score, [], [], [], [], [], 0, 0);

        Should.Throw<ArgumentNullException>(() => AssignmentCheck.FirstViolation(default(AssignmentProblem)!, claim)).ParamName.ShouldBe("problem");
        Should.Throw<ArgumentNullException>(() => AssignmentCheck.FirstViolation(Problem, null!)).ParamName.ShouldBe("claim");
        Should.Throw<ArgumentNullException>(() => AssignmentCheck.FirstViolation(default(AssignmentInstance)!, claim)).ParamName.ShouldBe("instance");
        Should.Throw<ArgumentNullException>(() => AssignmentCheck.FirstViolation(Instance(), null!)).ParamName.ShouldBe("claim");
        Should.Throw<ArgumentNullException>(() => new Assignment(AssignmentObjective.Score, null!, [], [], [], [], 0, 0)).ParamName.ShouldBe("mentorOf");
        Should.Throw<ArgumentNullException>(() => new Assignment(AssignmentObjective.Score, [], null!, [], [], [], 0, 0)).ParamName.ShouldBe("menteePrices");
        Should.Throw<ArgumentNullException>(() => new Assignment(AssignmentObjective.Score, [], [], null!, [], [], 0, 0)).ParamName.ShouldBe("mentorPrices");
        Should.Throw<ArgumentNullException>(() => new Assignment(AssignmentObjective.Score, [], [], [], null!, [], 0, 0)).ParamName.ShouldBe("bonus");
        Should.Throw<ArgumentNullException>(() => new Assignment(AssignmentObjective.Score, [], [], [], [], null!, 0, 0)).ParamName.ShouldBe("matchedByPriority");
    }
}
