using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Platform.Ui;

namespace Guildhall.Tests.Pairing;

/// <summary>What is learned from made-up pairs, the bounded step, and the second half of the worked example of docs/methods/learning.md.</summary>
public sealed class LearnTests(ITestOutputHelper output)
{
    readonly Dictionary<string, double[]> example = Sources.Read("docs/methods/learning.md").Split("```example\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(line => line.Split(' ')[0], line => line.Split(' ', 2)[1].Split(", ").Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray());

    [Fact]
    public void Steps_as_the_worked_example_says()
    {
        Factor[] factors = [Factor.Category, Factor.Hours, Factor.Skills];
        var weights = factors.Zip(example["weights"]).ToDictionary(one => one.First, one => (int)one.Second);

        var stepped = WeightStep.From(weights, [(Factor.Category, Found(0.1, 0.5)), (Factor.Hours, Found(-0.2, 0.01)), (Factor.Skills, Found(0.2, 0.01))])!;

        factors.Select(factor => (double)stepped[factor]).ShouldBe(example["step"]);
        stepped.Values.Sum().ShouldBe(100);
    }

    [Fact]
    public void Shifts_odds_as_the_worked_example_says()
    {
        var now = Learn.Shifted(example["odds"], example["rated"], example["tie"].Single());

        for (var k = 0; k < 2; k++) now[k].ShouldBe(example["now"][k], 5e-6);
        Learn.Shifted(example["odds"], [7, 7], 2).ShouldBe(example["odds"], 1e-12);
    }

    [Fact]
    public void Steps_keep_the_sum_stay_at_0_or_more_and_move_no_weight_by_more_than_ten()
    {
        var (factors, stepped) = (Enum.GetValues<Factor>(), 0);
        for (var seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            var cuts = Enumerable.Range(0, factors.Length - 1).Select(_ => random.Next(0, 101)).Append(0).Append(100).Order().ToList();
            var weights = factors.Index().ToDictionary(one => one.Item, one => cuts[one.Index + 1] - cuts[one.Index]);
            var found = factors.Select(factor => (factor, Found(random.NextDouble() - 0.5, random.NextDouble() / 3))).ToList();

            if (WeightStep.From(weights, found) is not { } next) continue;

            stepped++;
            next.Values.Sum().ShouldBe(100, $"seed {seed}");
            factors.ShouldAllBe(factor => next[factor] >= 0 && Math.Abs(next[factor] - weights[factor]) <= 10, $"seed {seed}");
            found.Where(one => one.Item2.AdjustedPValue > WeightStep.FalseShare || one.Item2.Slope <= 0).ShouldAllBe(one => next[one.factor] <= weights[one.factor] + 1, $"seed {seed}");
        }

        stepped.ShouldBeGreaterThan(400);
    }

    [Fact]
    public void Proposes_nothing_where_nothing_draws_weight()
    {
        WeightStep.From(MadePairs.Weights, []).ShouldBeNull();
        WeightStep.From(MadePairs.Weights, [(Factor.Skills, Found(-0.3, 0.001)), (Factor.Hours, Found(0.3, 0.2))]).ShouldBeNull();
        WeightStep.From(new Dictionary<Factor, int> { [Factor.Skills] = 100 }, [(Factor.Skills, Found(0.3, 0.001))]).ShouldBeNull("it has all weight already");
    }

    [Fact]
    public void Learns_the_factor_that_matters()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var found = Learn.Of(new MadePairs { SkillsMatter = 0.8, Seed = seed }.Study(), MadePairs.Weights);

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {found.Verdict}, {found.Judgement?.Effective:0} of {found.Judgement?.Choices}, {found.Judgement?.DoublyRobust?.Lower:0.000} and {found.Judgement?.SelfNormalised?.Lower:0.000}"));
            found.Verdict.ShouldBe(LearningVerdict.Better, $"seed {seed}");
            found.Proposed![Factor.Skills].ShouldBe(30, $"seed {seed}");
            found.Associations.Single(one => one.Factor == Factor.Skills).StandsOut.ShouldBeTrue($"seed {seed}");
        }
    }

    [Fact]
    public void Lets_nothing_be_approved_where_nothing_matters()
    {
        const int Runs = 200;
        var (proposed, better) = (0, 0);
        for (var seed = 1; seed <= Runs; seed++)
        {
            var found = Learn.Of(new MadePairs { Seed = seed }.Study(), MadePairs.Weights);
            if (found.Proposed is not null) proposed++;
            if (found.Verdict == LearningVerdict.Better) better++;
        }

        output.WriteLine($"seeds 1 to {Runs}: {proposed} proposed, {better} better");
        // One in ten by the rule for many traits, half of these with less growth; and the judgement, on other pairs, passes one in forty of those.
        proposed.ShouldBeLessThan(25);
        better.ShouldBeLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData(14, 14)]
    [InlineData(0, 0)]
    public void Judges_nothing_on_few_choices(int drawn, int choices)
    {
        var found = Learn.Of(new MadePairs { SkillsMatter = 0.8, Drawn = drawn }.Study(), MadePairs.Weights);

        (found.Verdict, found.Judgement!.Choices, found.Judgement.DoublyRobust, found.Judgement.SelfNormalised).ShouldBe((LearningVerdict.TooFewChoices, choices, null, null));
        found.Proposed![Factor.Skills].ShouldBe(30);
    }

    [Theory]
    [InlineData(29, 4, 1, 2)]
    [InlineData(25, 1, 5, 0)]
    [InlineData(0, 1, 30, 10)]
    public void Has_no_number_with_too_few(int mentees, int menteesAMentor, int moreMentees, int moreMentors)
    {
        var found = Learn.Of(new MadePairs { SkillsMatter = 2, Mentees = mentees, MenteesAMentor = menteesAMentor }.Study(), MadePairs.Weights);

        (found.Verdict, found.NeedsMentees, found.NeedsMentors).ShouldBe((LearningVerdict.TooFew, moreMentees, moreMentors));
        (found.Associations.Count, found.Proposed, found.Judgement).ShouldBe((0, null, null));
    }

    [Fact]
    public void Asks_for_ten_mentees_a_trait()
    {
        var study = new MadePairs { Mentees = 60 }.Study();
        // Twelve factors that all differ, where the made pairs have three.
        var random = new Random(1);
        var wide = study with { Rows = [.. study.Rows.Select(row => row with { How = new(MadePairs.Weights, null, [new(1, Enum.GetValues<Factor>().ToDictionary(factor => factor, _ => random.Next(0, 10_000)))]) })] };

        var found = Learn.Of(wide, MadePairs.Weights);

        (found.Verdict, found.Traits, found.NeedsMentees).ShouldBe((LearningVerdict.TooFew, 12, 60));
    }

    [Fact]
    public void Leaves_a_trait_out_that_tells_fewer_than_ten_apart()
    {
        var study = new MadePairs { Mentees = 100 }.Study();
        var found = Learn.Of(study with { Rows = [.. study.Rows.Select((row, i) => row with { MentorYears = i < 9 ? 3 : 2, MentorMentees = i < 10 ? 3 : 2 })] }, MadePairs.Weights);

        found.Associations.Select(one => one.Trait).OfType<MentorTrait>().ShouldBe([MentorTrait.Mentees]);
    }

    [Fact]
    public void Says_the_same_of_the_same_study()
    {
        var study = new MadePairs { SkillsMatter = 0.8 }.Study();

        System.Text.Json.JsonSerializer.Serialize(Learn.Of(study, MadePairs.Weights)).ShouldBe(System.Text.Json.JsonSerializer.Serialize(Learn.Of(study, MadePairs.Weights)));
    }

    static TraitAssociation Found(double slope, double adjusted) => new("trait", new(slope, 0.01), 1, new(slope - 0.02, slope + 0.02), adjusted, adjusted);
}
