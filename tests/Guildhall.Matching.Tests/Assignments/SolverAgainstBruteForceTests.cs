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
}
