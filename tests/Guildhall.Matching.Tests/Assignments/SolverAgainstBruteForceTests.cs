using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

public class SolverAgainstBruteForceTests
{
    [Theory]
    [InlineData(AssignmentObjective.Score)]
    [InlineData(AssignmentObjective.MatchedFirst)]
    public void Finds_the_best_of_all_assignments_of_4000_small_problems(AssignmentObjective objective)
    {
        for (var seed = 0; seed < 4000; seed++)
        {
            var problem = SmallInstances.Make(seed);

            var result = AssignmentSolver.Solve(problem, objective, TestContext.Current.CancellationToken);

            var (counts, total) = SmallInstances.BestByTryingAll(problem, objective);
            result.TotalScore.ShouldBe(total, $"seed {seed}");
            if (objective == AssignmentObjective.MatchedFirst)
                result.MatchedByPriority.ToArray().ShouldBe(counts, $"seed {seed}");
            AssignmentCheck.FirstViolation(problem, result).ShouldBeNull($"seed {seed}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Any_prices_and_any_pairs_lead_to_the_optimum(int placesFor)
    {
        for (var seed = 0; seed < 4000; seed++)
        {
            var problem = WithPlacesFor(placesFor, SmallInstances.Make(seed));
            var random = new Random(seed);
            int[] prices = [.. Enumerable.Range(0, problem.MentorCount).Select(_ => random.Next(3) == 0 ? 0 : random.Next(1_300_000))];
            var pairOf = AnyPairs(problem, random);

            var finish = new ExactFinish(problem, problem.Capacities.ToArray(), CancellationToken.None);
            finish.Adopt(new long[AssignmentProblem.PriorityClasses], prices, pairOf);
            finish.Run();

            IsOptimum(finish, problem, AssignmentObjective.Score, seed);
            finish.MatchMost();
            IsOptimum(finish, problem, AssignmentObjective.MatchedFirst, seed);
        }
    }

    static void IsOptimum(ExactFinish finish, AssignmentProblem problem, AssignmentObjective objective, int seed)
    {
        var (counts, loads, total) = (new int[AssignmentProblem.PriorityClasses], new int[problem.MentorCount], 0L);
        for (var i = 0; i < problem.MenteeCount; i++)
        {
            for (var e = problem.RowStarts[i]; e < problem.RowStarts[i + 1]; e++)
                (problem.Scores[e] + finish.Bonus[problem.Priorities[i]] - finish.Price[problem.Mentors[e]]).ShouldBeLessThanOrEqualTo(finish.Net(i), $"seed {seed}");
            if (finish.PairOf[i] is not (>= 0 and var pair))
                continue;
            finish.Net(i).ShouldBeGreaterThanOrEqualTo(0, $"seed {seed}");
            total += problem.Scores[pair];
            counts[problem.Priorities[i]]++;
            loads[problem.Mentors[pair]]++;
        }
        for (var j = 0; j < loads.Length; j++)
            (loads[j] <= problem.Capacities[j] && (problem.Capacities[j] == 0 || finish.Price[j] == 0 || (finish.Price[j] > 0 && loads[j] == problem.Capacities[j]))).ShouldBeTrue($"seed {seed}");
        var best = SmallInstances.BestByTryingAll(problem, objective);
        total.ShouldBe(best.Total, $"seed {seed}");
        if (objective == AssignmentObjective.MatchedFirst)
            counts.ShouldBe(best.Counts, $"seed {seed}");
    }

    static int[] AnyPairs(AssignmentProblem problem, Random random)
    {
        var (pairOf, free) = (new int[problem.MenteeCount], problem.Capacities.ToArray());
        for (var i = 0; i < pairOf.Length; i++)
        {
            pairOf[i] = random.Next(problem.RowStarts[i] - 1, problem.RowStarts[i + 1]);
            if (pairOf[i] < problem.RowStarts[i] || free[problem.Mentors[pairOf[i]]]-- <= 0)
                pairOf[i] = -1;
        }
        return pairOf;
    }

    static AssignmentProblem WithPlacesFor(int times, AssignmentProblem problem) => new(
        problem.RowStarts.ToArray(), problem.Mentors.ToArray(), problem.Scores.ToArray(), Array.ConvertAll(problem.Capacities.ToArray(), places => times * places), problem.Priorities.ToArray());
}
