using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

/// <summary>Seeded small problems, and every assignment of one tried in turn: the oracle.</summary>
static class SmallInstances
{
    public static AssignmentProblem Make(int seed)
    {
        var random = new Random(seed);
        var (menteeCount, mentorCount) = (random.Next(0, 7), random.Next(1, 5));
        var (density, classes) = (random.Next(1, 5) / 4.0, random.Next(1, 5));
        var distinctScores = random.Next(4) switch { 0 => 1, 1 => 2, 2 => 5, _ => AssignmentProblem.MaxScore };
        var capacities = new int[mentorCount];
        for (var j = 0; j < mentorCount; j++)
            capacities[j] = random.Next(0, 4);
        var priorities = new byte[menteeCount];
        var starts = new int[menteeCount + 1];
        var (mentors, scores) = (new List<int>(), new List<int>());
        for (var i = 0; i < menteeCount; i++)
        {
            priorities[i] = (byte)(random.Next(classes) * (classes == 4 ? 2 : 1) + (classes == 2 ? 6 : 0));
            for (var j = 0; j < mentorCount; j++)
                if (random.NextDouble() < density)
                {
                    mentors.Add(j);
                    scores.Add(AssignmentProblem.MaxScore - random.Next(distinctScores) * (AssignmentProblem.MaxScore / distinctScores));
                }
            starts[i + 1] = mentors.Count;
        }
        return new(starts, [.. mentors], [.. scores], capacities, random.Next(4) == 0 ? null : priorities);
    }

    /// <summary>The best counts by class (index 7 first) and total, by trying every assignment.</summary>
    public static (int[] Counts, long Total) BestByTryingAll(AssignmentProblem problem, AssignmentObjective objective)
    {
        var best = (Counts: new int[8], Total: -1L);
        var (room, counts) = (problem.Capacities.ToArray(), new int[8]);
        Try(0, 0);
        return best;

        void Try(int mentee, long total)
        {
            if (mentee == problem.MenteeCount)
            {
                var order = objective == AssignmentObjective.Score ? 0 : Compare(counts, best.Counts);
                if (best.Total < 0 || order > 0 || (order == 0 && total > best.Total))
                    best = ([.. counts], total);
                return;
            }
            Try(mentee + 1, total);
            for (var e = problem.RowStarts[mentee]; e < problem.RowStarts[mentee + 1]; e++)
            {
                var j = problem.Mentors[e];
                if (room[j] == 0)
                    continue;
                room[j]--;
                counts[problem.Priorities[mentee]]++;
                Try(mentee + 1, total + problem.Scores[e]);
                counts[problem.Priorities[mentee]]--;
                room[j]++;
            }
        }
    }

    static int Compare(int[] a, int[] b)
    {
        for (var k = 7; k >= 0; k--)
            if (a[k] != b[k])
                return a[k].CompareTo(b[k]);
        return 0;
    }
}
