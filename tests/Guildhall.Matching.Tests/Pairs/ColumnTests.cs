using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

/// <summary>People side by side in columns say what each says by themselves.</summary>
public class ColumnTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(150)]
    public void Sets_have_in_common_what_is_in_both(int texts)
    {
        var chance = new Random(texts);
        string[][] Sets(int people) => [.. Enumerable.Range(0, people).Select(p => Enumerable.Range(0, texts).Where(_ => chance.Next(p + 1) == 0).Select(n => $"t{n}").Append("t0").Append($"own {p}").ToArray())];
        string[]?[] mentees = [.. Sets(4), null, []], mentors = [.. Sets(3), [], null, ["nowhere else"]];

        var sets = new SetColumns(mentees, mentors, TestContext.Current.CancellationToken);

        for (var i = 0; i < mentees.Length; i++)
            for (var j = 0; j < mentors.Length; j++)
            {
                string[] common = [.. (mentees[i] ?? []).Intersect(mentors[j] ?? []).Order(StringComparer.Ordinal)], all = [.. (mentees[i] ?? []).Distinct()];
                sets.Common(i, j).ShouldBe(common, $"{i} {j}");
                (sets.CountCommon(i, j), sets.Overlaps(i, j), sets.MenteeSize(i)).ShouldBe((common.Length, common.Length > 0, all.Length), $"{i} {j}");
                sets.AreKnown(i, j).ShouldBe(all.Length > 0 && mentors[j] is { Length: > 0 }, $"{i} {j}");
                sets.Coverage(i, j).ShouldBe(sets.AreKnown(i, j) ? (float)common.Length / all.Length : float.NaN, $"{i} {j}");
            }
    }

    [Fact]
    public void People_of_one_trait_are_compared_once()
    {
        var asked = new List<(int, int)>();
        var columns = new TraitColumns<int>([["a"], ["b"], ["a"]], mentors: 3, (i, j) =>
        {
            asked.Add((i, j));
            return 10 * i + j;
        });
        var (whole, some) = (new int[Lanes.Padded(3)], new int[2]);

        columns.Read(0, whole);
        columns.Read(2, [2, 1], some);
        columns.Read(0, [1, 0], some);

        whole[..3].ShouldBe([0, 1, 2]);
        some.ShouldBe([1, 0]);
        asked.ShouldBe([(0, 0), (0, 1), (0, 2)]);
    }

    [Fact]
    public void Rows_too_many_to_keep_are_compared_when_asked_for()
    {
        var columns = new TraitColumns<int>([["a"], ["b"]], mentors: 16_000_001, (i, j) => 100 * i + j);
        var some = new int[2];

        columns.Read(1, [7, 3], some);

        some.ShouldBe([107, 103]);
    }

    [Fact]
    public void A_plan_in_figures_counts_kept_pairs_and_places_and_who_would_rather_have_each_other()
    {
        MenteeProfile[] three = [Mentee("kept") with { Style = -1 }, Mentee("in") with { Style = 0.5 }, Mentee("out") with { Style = 0.5 }];

        // The one mentor is full of the kept pair, which no other can push out; with a place left everybody outside would rather have it; an equal fit pushes nobody out.
        Of(1, "kept").BlockingPairs.ShouldBe(0);
        Of(2, "kept").BlockingPairs.ShouldBe(2);
        Of(2, "kept", "in").ShouldBe(new PlanFigures(2, 750_001, 37.50005, 0m, 37.49995, 1, 10_000, 0, 0));
        Of(3).ShouldBe(new PlanFigures(0, 0, 0, null, 0, 0, 0, 0, 3));

        PlanFigures Of(int capacity, params string[] held)
        {
            var settings = Only(Factor.Style) with { Pins = held.Contains("kept") ? [new("kept", "r1")] : [] };
            var plan = Matcher.Prepare(new(three, [Mentor("r1", capacity) with { Style = 1 }], settings), Stop).Required.Solved(Stop);
            int[] mentorOf = [.. plan.Pairs.Table.People.Mentees.Select(mentee => held.Contains(mentee.Id) ? 0 : -1)];
            int[] scoreOf = [.. plan.Pairs.Table.People.Mentees.Select(mentee => !held.Contains(mentee.Id) ? 0 : mentee.Id == "kept" ? 1 : 750_000)];
            return PlanFigures.Of(plan.Pairs, mentorOf, scoreOf, Stop);
        }
    }
}
