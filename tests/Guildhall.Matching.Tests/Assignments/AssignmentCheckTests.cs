using Guildhall.Benchmarks;
using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

public class AssignmentCheckTests
{
    [Fact]
    public void Refutes_every_one_of_1000_changes_to_a_result()
    {
        var changes = new Dictionary<int, int>();
        for (var seed = 0; changes.Values.Sum() < 1000; seed++)
        {
            var random = new Random(seed);
            var problem = seed % 20 == 0 ? MatchingInstance.Make('E', 200 + seed).Problem : SmallInstances.Make(seed);
            var objective = seed % 2 == 0 ? AssignmentObjective.Score : AssignmentObjective.MatchedFirst;
            var result = AssignmentSolver.Solve(problem, objective, TestContext.Current.CancellationToken);
            AssignmentCheck.FirstViolation(problem, result).ShouldBeNull($"seed {seed}");

            var kind = random.Next(Kinds);
            if (Change(problem, result, kind, random) is not { } changed)
                continue;

            AssignmentCheck.FirstViolation(problem, changed).ShouldNotBeNull($"seed {seed}, change {kind}");
            changes[kind] = changes.GetValueOrDefault(kind) + 1;
        }
        changes.Keys.Count.ShouldBe(Kinds, "every kind of change was tried");
    }

    const int Kinds = 10;

    // Null where the result offers nothing to change in that way.
    static Assignment? Change(AssignmentProblem problem, Assignment result, int kind, Random random)
    {
        var mentorOf = result.MentorOf.ToArray();
        var (menteePrices, mentorPrices) = (result.MenteePrices.ToArray(), result.MentorPrices.ToArray());
        var (bonus, counts) = (result.Bonus.ToArray(), result.MatchedByPriority.ToArray());
        var (matched, total) = (result.Matched, result.TotalScore);
        var step = random.Next(2) == 0 ? 1 : -1;
        var objective = result.Objective;
        var matchedMentees = Enumerable.Range(0, mentorOf.Length).Where(i => mentorOf[i] >= 0).ToArray();
        switch (kind)
        {
            case 0 when menteePrices.Length > 0:
                menteePrices[random.Next(menteePrices.Length)] += step;
                break;
            case 1:
                mentorPrices[random.Next(mentorPrices.Length)] += step;
                break;
            case 2:
                total += step;
                break;
            case 3:
                matched += step;
                break;
            case 4:
                counts[random.Next(8)] += step;
                break;
            case 5:
                bonus[random.Next(8)] += step;
                break;
            case 6 when matchedMentees.Length > 0:
                mentorOf[matchedMentees[random.Next(matchedMentees.Length)]] = -1;
                break;
            case 7 when mentorOf.Length > 0:
                var moved = random.Next(mentorOf.Length);
                mentorOf[moved] = (mentorOf[moved] + 1 + random.Next(problem.MentorCount)) % (problem.MentorCount + 1);
                // A move to an equal score may be an optimum too, and then the claim is true.
                if (mentorOf[moved] == result.MentorOf[moved] || ScoreOf(problem, moved, mentorOf[moved]) == ScoreOf(problem, moved, result.MentorOf[moved]))
                    return null;
                break;
            case 8 when matchedMentees.Length > 0:
                Array.Fill(mentorOf, mentorOf[matchedMentees[0]]);
                if (mentorOf.AsSpan().SequenceEqual(result.MentorOf))
                    return null;
                break;
            case 9 when matchedMentees.Length > 0:
                return Empty(problem, objective);
            default:
                return null;
        }
        return new(objective, mentorOf, menteePrices, mentorPrices, bonus, counts, matched, total);
    }

    static int ScoreOf(AssignmentProblem problem, int mentee, int mentor)
    {
        var (start, end) = (problem.RowStarts[mentee], problem.RowStarts[mentee + 1]);
        var at = problem.Mentors[start..end].BinarySearch(mentor);
        return at >= 0 ? problem.Scores[start + at] : mentor < 0 ? 0 : -1;
    }

    // Nobody matched and all for nothing: consistent in itself, and not the best.
    static Assignment Empty(AssignmentProblem problem, AssignmentObjective objective) => new(
        objective, [.. Enumerable.Repeat(-1, problem.MenteeCount)], new long[problem.MenteeCount], new long[problem.MentorCount], new long[8], new int[8], 0, 0);

    [Fact]
    public void Refutes_a_certified_optimum_by_score_that_leaves_somebody_out()
    {
        // One place worth 0.9 to the first mentee, who could also go elsewhere for 0.1; the second has only that place.
        var problem = new AssignmentProblem([0, 2, 3], [0, 1, 0], [900_000, 100_000, 200_000], [1, 1]);
        var best = AssignmentSolver.Solve(problem, AssignmentObjective.Score, TestContext.Current.CancellationToken);
        best.Matched.ShouldBe(1);

        var claim = new Assignment(
            AssignmentObjective.MatchedFirst, best.MentorOf.ToArray(), best.MenteePrices.ToArray(), best.MentorPrices.ToArray(),
            new long[8], best.MatchedByPriority.ToArray(), best.Matched, best.TotalScore);

        AssignmentCheck.FirstViolation(problem, claim)!.ShouldStartWith("One more mentee");
    }

    [Fact]
    public void Withstands_prices_at_the_ends_of_64_bits()
    {
        var problem = new AssignmentProblem([0, 1], [0], [500_000], [1]);
        foreach (var price in new[] { long.MinValue, long.MaxValue, -1 })
        {
            var claim = new Assignment(AssignmentObjective.Score, [0], [price], [unchecked(500_000 - price)], new long[8], [1, 0, 0, 0, 0, 0, 0, 0], 1, 500_000);
            AssignmentCheck.FirstViolation(problem, claim).ShouldNotBeNull();
        }
    }
}
