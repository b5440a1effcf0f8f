using Guildhall.Commands.Demo;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;

namespace Guildhall.Tests.Commands;

/// <summary>What a visitor's first studio shows: the demo's applicants through the usual rules and weights, for several seeds and days.</summary>
public class DemoMatchingTests
{
    static readonly (ulong Seed, DateOnly AsOf)[] Marketplaces =
    [
        .. Enumerable.Range(1, 6).Select(seed => ((ulong)seed, new DateOnly(2026, 9, 28))),
        .. new[] { new DateOnly(2026, 9, 28), new(2026, 11, 21), new(2027, 2, 15), new(2027, 6, 1) }.Select(day => (LoadDemo.UsualSeed, day)),
    ];

    static readonly List<(string Name, PreparedMatch Match, MatchRun Run)> Runs = [.. Marketplaces.Select(m => Run(m.Seed, m.AsOf))];

    [Fact]
    public void Most_pairs_fit_well_some_are_outstanding_and_some_are_weak()
    {
        foreach (var (name, _, run) in Runs)
        {
            var points = run.Pairs.Select(pair => pair.Score.Points).ToList();
            run.Summary.AveragePoints.ShouldBeInRange(67, 80, name);
            points.Count(p => p >= 80).ShouldBeGreaterThanOrEqualTo(4, name);
            points.Count(p => p < 60).ShouldBeInRange(1, 12, name);
        }
        Runs.Average(run => run.Run.Summary.AveragePoints).ShouldBeInRange(71, 80);
        Runs.Average(run => run.Run.Pairs.Count(pair => pair.Score.Points >= 85)).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Most_mentees_are_matched_and_the_others_have_different_reasons()
    {
        foreach (var (name, _, run) in Runs)
        {
            run.Summary.Matched.ShouldBeInRange(30, 40, name);
            run.Summary.OpenMentors.ShouldBeGreaterThan(run.Summary.MentorsAtLimit, name);
            var reasons = run.Unmatched.SelectMany(mentee => mentee.Removed).Where(rule => rule.Broken >= run.Summary.Mentors - 2).Select(rule => rule.Rule).ToHashSet();
            reasons.ShouldContain(Rule.Language, name);
            reasons.ShouldContain(Rule.SharedHours, name);
        }
    }

    [Fact]
    public void Branches_are_short_of_mentors_and_three_more_would_match_several_mentees()
    {
        var matching = 0;
        foreach (var (name, match, run) in Runs)
        {
            var gains = run.Scarcities.Where(kind => kind.Kind.Category is not null && (kind.UnmatchedMentees > 0 || kind.MatchedElsewhere > 0 || kind.MeanPrice > 0))
                .Select(kind => match.ThreeMore(kind.Kind, TestContext.Current.CancellationToken)).ToList();

            gains.Count(answer => answer.TotalAfter > answer.TotalBefore).ShouldBeGreaterThanOrEqualTo(2, name);
            if (gains.Exists(answer => answer.MatchedAfter >= answer.MatchedBefore + 2)) matching++;
        }
        matching.ShouldBeGreaterThanOrEqualTo(Runs.Count / 2);
    }

    [Fact]
    public void Conflicts_of_interest_and_tiers_stand_between_some()
    {
        foreach (var (name, match, run) in Runs)
        {
            long Broken(Rule rule) => run.Rules.Single(statistic => statistic.Rule == rule).Broken;
            Broken(Rule.DeclaredStake).ShouldBeGreaterThanOrEqualTo(1, name);
            Broken(Rule.SameTrade).ShouldBeGreaterThanOrEqualTo(1, name);
            Broken(Rule.Tier).ShouldBeGreaterThanOrEqualTo(5, name);
            var tier = match.RuleCost(Rule.Tier, TestContext.Current.CancellationToken);
            (tier.MatchedAfter, tier.TotalAfter).ShouldBeGreaterThan((tier.MatchedBefore, tier.TotalBefore), name);
        }
    }

    static (string, PreparedMatch, MatchRun) Run(ulong seed, DateOnly asOf)
    {
        var cohort = DemoMarketplace.Generate(seed, asOf, new DemoSize()).Cohort;
        var input = new MatchInput(
            [.. People(cohort, DemoParticipantFiles.Mentees, ProfileFile.ReadMentees).Select(mentee => mentee with { Priority = ProgramDesign.FirstNinetyDays.PriorityOf(mentee.Tier!).ShouldNotBeNull() })], People(cohort, DemoParticipantFiles.Mentors, ProfileFile.ReadMentors),
            new MatchSettings { ProgramStart = asOf.AddDays(14) });
        var match = Matcher.Prepare(input).Required;
        return ($"seed {seed} on {asOf:O}", match, match.Run());
    }

    static List<T> People<T>(DemoCohort cohort, Action<DemoCohort, Stream> write, Func<Stream, bool, Result<ProfileFileContent<T>>> read)
        where T : Matching.Participant
    {
        using var file = new MemoryStream();
        write(cohort, file);
        file.Position = 0;
        read(file, false).Succeeded(out var content, out var refusal).ShouldBeTrue(refusal?.Message);
        content.Problems.Total.ShouldBe(0);
        return [.. content.People.Select(entry => entry.Profile)];
    }
}
