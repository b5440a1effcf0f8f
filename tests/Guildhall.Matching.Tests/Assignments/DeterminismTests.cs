using Guildhall.Benchmarks;
using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

public class DeterminismTests
{
    [Theory]
    [InlineData(AssignmentObjective.Score)]
    [InlineData(AssignmentObjective.MatchedFirst)]
    public void Makes_the_same_pairs_after_shuffling_the_input_and_on_two_threads_at_once(AssignmentObjective objective)
    {
        foreach (var family in "DE")
        {
            var source = MatchingInstance.Make(family, 600).Problem;
            var expected = Solve(source, objective, new Random(0), shuffle: false);
            var shuffled = Enumerable.Range(1, 4).AsParallel().WithDegreeOfParallelism(2)
                .Select(seed => Solve(source, objective, new Random(seed), shuffle: true)).ToList();
            foreach (var pairs in shuffled)
                pairs.ShouldBe(expected);
        }
    }

    [Fact]
    public void Another_seed_may_choose_another_of_equal_optima_at_the_same_total()
    {
        var source = SmallInstancesOfTies();
        var chosen = new HashSet<string>();
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var builder = new AssignmentInstanceBuilder(seed);
            builder.AddMentor("m", 1);
            foreach (var mentee in source)
                builder.AddPair(mentee, "m", 500_000);
            var instance = builder.Build(out _)!;
            var result = AssignmentSolver.Solve(instance.Problem, AssignmentObjective.Score, TestContext.Current.CancellationToken);
            result.TotalScore.ShouldBe(500_000);
            chosen.Add(instance.MenteeIds[result.MentorOf.IndexOf(0)]);
        }
        chosen.Count.ShouldBeGreaterThan(1);

        static string[] SmallInstancesOfTies() => ["aaron", "bea", "zoe"];
    }

    static List<(string, string)> Solve(AssignmentProblem source, AssignmentObjective objective, Random random, bool shuffle)
    {
        var pairs = Enumerable.Range(0, source.MenteeCount)
            .SelectMany(i => Enumerable.Range(source.RowStarts[i], source.RowStarts[i + 1] - source.RowStarts[i]).Select(e => (Mentee: i, Pair: e))).ToArray();
        var mentors = Enumerable.Range(0, source.MentorCount).ToArray();
        if (shuffle)
        {
            random.Shuffle(pairs);
            random.Shuffle(mentors);
        }
        var builder = new AssignmentInstanceBuilder(seed: 7);
        foreach (var j in mentors)
            builder.AddMentor($"mentor {j}", source.Capacities[j]).ShouldBeNull();
        foreach (var (i, e) in pairs)
            builder.AddPair($"mentee {i}", $"mentor {source.Mentors[e]}", source.Scores[e]).ShouldBeNull();
        var instance = builder.Build(out _)!;
        var result = AssignmentSolver.Solve(instance.Problem, objective);
        var made = new List<(string, string)>();
        for (var i = 0; i < result.MentorOf.Length; i++)
            if (result.MentorOf[i] is >= 0 and var j)
                made.Add((instance.MenteeIds[i], instance.MentorIds[j]));
        return made;
    }

    [Theory]
    [InlineData('A')]
    [InlineData('E')]
    public void Bids_the_same_with_and_without_vectors(char family)
    {
        var problem = MatchingInstance.Make(family, 1000).Problem;
        var wide = new AuctionStart(problem, problem.Capacities.ToArray(), new long[8], CancellationToken.None);
        var narrow = new AuctionStart(problem, problem.Capacities.ToArray(), new long[8], CancellationToken.None) { UsesVectors = false };

        wide.Run();
        narrow.Run();

        narrow.PairOf.ToArray().ShouldBe(wide.PairOf.ToArray());
        narrow.Price.ToArray().ShouldBe(wide.Price.ToArray());
    }

    [Theory]
    [InlineData('A')]
    [InlineData('E')]
    public void Reads_rows_the_same_with_and_without_vectors(char family)
    {
        var problem = MatchingInstance.Make(family, 1000).Problem;
        var random = new Random(20261128);
        var price = Array.ConvertAll(new long[problem.MentorCount], _ => random.NextInt64(0, 1_200_000));
        var (wide, narrow) = (new RowScan(problem, price), new RowScan(problem, price) { UsesVectors = false });
        var found = 0;

        for (var i = 0; i < problem.MenteeCount; i++)
        {
            var best = Enumerable.Range(problem.RowStarts[i], problem.RowStarts[i + 1] - problem.RowStarts[i]).Max(e => problem.Scores[e] - price[problem.Mentors[e]]);
            (wide.Best(i), narrow.Best(i)).ShouldBe((best, best));
            var least = best - 200_000;
            var above = wide.Above(i, least).ToArray();
            narrow.Above(i, least).ToArray().ShouldBe(above);
            wide.Above(i, best).Length.ShouldBe(0);
            found += above.Length;
        }
        found.ShouldBeGreaterThan(problem.MenteeCount);
    }
}
