using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Guildhall.Benchmarks;
using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

public class SolverStressTests
{
    [Fact]
    public void Solves_a_path_that_takes_one_shift_of_everybody()
    {
        // Mentee i can go to mentor i or i + 1; the last mentor is reached only if everybody moves one on.
        const int n = 50_000;
        var problem = Rows(n, n, i => i == n - 1 ? [(0, 2)] : [(i, 3), (i + 1, 2)]);

        var result = Certified(problem, AssignmentObjective.MatchedFirst);

        result.Matched.ShouldBe(n);
    }

    [Fact]
    public void Solves_a_ring_of_ties()
    {
        const int n = 20_000;
        var problem = Rows(n, n, i => [(i, 500_000), ((i + 1) % n, 500_000)]);

        Certified(problem, AssignmentObjective.Score).TotalScore.ShouldBe(n * 500_000L);
    }

    [Fact]
    public void Solves_all_scores_equal_with_more_mentees_than_places()
    {
        var problem = Rows(3_000, 100, i => [.. Enumerable.Range(0, 20).Select(k => ((i * 7 + k * 5) % 100, 1))], capacity: 10);

        Certified(problem, AssignmentObjective.MatchedFirst).Matched.ShouldBe(1_000);
    }

    [Fact]
    public void Solves_a_dense_thousand_by_thousand()
    {
        var random = new Random(11);
        var problem = Rows(1_000, 1_000, _ => [.. Enumerable.Range(0, 1_000).Select(j => (j, random.Next(1, 1_000_001)))]);

        Certified(problem, AssignmentObjective.Score).Matched.ShouldBe(1_000);
    }

    [Fact]
    public void Solves_rows_longer_than_a_key_can_index()
    {
        var random = new Random(12);
        var problem = Rows(50, 3_000, _ => [.. Enumerable.Range(0, 3_000).Select(j => (j, random.Next(1, 1_000_001)))]);

        Certified(problem, AssignmentObjective.Score).Matched.ShouldBe(50);
    }

    [Fact]
    public void Stops_in_the_middle_when_asked()
    {
        var problem = MatchingInstance.Make('G', 20_000).Problem;
        var clock = Stopwatch.StartNew();
        AssignmentSolver.Solve(problem, AssignmentObjective.Score, CancellationToken.None);
        var whole = clock.Elapsed;

        // A timer on a busy machine may ring only when the work is done, so the solver is asked again, earlier each time; how soon it stops is held by counting pairs, not by a clock.
        Enumerable.Range(4, 20).ShouldContain(part => StopsWhenAskedAfter(whole / part, problem));
    }

    static bool StopsWhenAskedAfter(TimeSpan time, AssignmentProblem problem)
    {
        using var stop = new CancellationTokenSource();
        using var timer = new Timer(_ => stop.Cancel(), null, time, Timeout.InfiniteTimeSpan);
        try
        {
            AssignmentSolver.Solve(problem, AssignmentObjective.Score, stop.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    [Fact]
    public void Certifies_any_random_problem()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(300);
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var (n, m) = (random.Next(1, 120), random.Next(1, 30));
            var starts = new int[n + 1];
            var (mentors, scores) = (new List<int>(), new List<int>());
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < m; j++)
                    if (random.Next(4) == 0)
                    {
                        mentors.Add(j);
                        scores.Add(random.Next(3) == 0 ? 1_000_000 : random.Next(1, 1_000_001));
                    }
                starts[i + 1] = mentors.Count;
            }
            var capacities = Enumerable.Range(0, m).Select(_ => random.Next(0, 6)).ToArray();
            var priorities = Enumerable.Range(0, n).Select(_ => (byte)random.Next(8)).ToArray();
            var problem = new AssignmentProblem(starts, [.. mentors], [.. scores], capacities, priorities);
            Certified(problem, AssignmentObjective.Score);
            Certified(problem, AssignmentObjective.MatchedFirst);
        }).Check(config);
    }

    static Assignment Certified(AssignmentProblem problem, AssignmentObjective objective)
    {
        var result = AssignmentSolver.Solve(problem, objective, TestContext.Current.CancellationToken);
        AssignmentCheck.FirstViolation(problem, result).ShouldBeNull();
        return result;
    }

    static AssignmentProblem Rows(int mentees, int mentorCount, Func<int, (int Mentor, int Score)[]> row, int capacity = 1)
    {
        var starts = new int[mentees + 1];
        var (mentors, scores) = (new List<int>(), new List<int>());
        for (var i = 0; i < mentees; i++)
        {
            foreach (var (mentor, score) in row(i).OrderBy(pair => pair.Mentor))
            {
                mentors.Add(mentor);
                scores.Add(score);
            }
            starts[i + 1] = mentors.Count;
        }
        return new(starts, [.. mentors], [.. scores], [.. Enumerable.Repeat(capacity, mentorCount)]);
    }
}
