namespace Guildhall.Matching;

/// <summary>Writes a solved plan out as a run.</summary>
sealed class RunReport(Plan plan, MatchSettings settings, CancellationToken stop)
{
    readonly ProfileColumns people = plan.Pairs.Table.People;
    readonly PairTable table = plan.Pairs.Table;

    public MatchRun Write()
    {
        var explainer = new PairExplainer(table, plan.Pairs.Regime, settings);
        var counts = plan.Pairs.Counts;
        return new()
        {
            Settings = settings,
            Pairs = [.. Indices(plan.MentorOf, j => j >= 0)
                .OrderByDescending(i => plan.ScoreOf[i]).ThenBy(i => people.Mentees[i].Id, StringComparer.Ordinal)
                .ToArray().AsParallel().AsOrdered().WithCancellation(stop).Select(i => Pair(i, explainer))],
            Unmatched = [.. new UnmatchedReasons(plan).Write(stop).OrderBy(u => u.MenteeId, StringComparer.Ordinal)],
            Mentors = [.. people.Mentors.Select(Load).OrderBy(m => m.MentorId, StringComparer.Ordinal)],
            Scarcities = new ScarcityReport(plan).Write(),
            Rules = counts.All(),
            Summary = Summary(counts.Possible),
            Verdict = plan.Verdict,
        };
    }

    static IEnumerable<int> Indices(int[] mentorOf, Predicate<int> where) => Enumerable.Range(0, mentorOf.Length).Where(i => where(mentorOf[i]));

    MatchedPair Pair(int i, PairExplainer explainer) => new()
    {
        MenteeId = people.Mentees[i].Id,
        MentorId = people.Mentors[plan.MentorOf[i]].Id,
        IsPinned = plan.Pairs.PinOf[i] >= 0,
        Score = explainer.Explain(i, plan.MentorOf[i]),
    };

    MentorLoad Load(MentorProfile mentor, int j) =>
        new(mentor.Id, mentor.Capacity, plan.PlacesOf(j), plan.MenteesOf[j].Count, plan.MentorPrices[j]);

    RunSummary Summary(long possible)
    {
        var scores = plan.ScoreOf.Where(s => s > 0).ToArray();
        var average = scores.Length == 0 ? 0 : scores.Average() / 10_000;
        var open = Enumerable.Range(0, table.Columns).Where(j => plan.PlacesOf(j) > 0).ToArray();
        var loads = Array.ConvertAll(open, j => plan.MenteesOf[j].Count);
        return new()
        {
            Mentees = table.Rows,
            Mentors = table.Columns,
            Places = open.Sum(plan.PlacesOf),
            Pairs = (long)table.Rows * table.Columns,
            PossiblePairs = possible,
            Matched = plan.Matched,
            MatchedByPriority = [.. Enumerable.Range(0, AssignmentProblem.PriorityClasses).Select(p => Indices(plan.MentorOf, j => j >= 0).Count(i => people.Mentees[i].PriorityClass == p))],
            TotalScore = plan.TotalScore,
            AveragePoints = average,
            LowestPoints = scores.Length == 0 ? null : (scores.Min() + 500) / 1000 / 10m,
            SpreadPoints = scores.Length == 0 ? 0 : Math.Sqrt(scores.Average(s => Math.Pow(s / 10_000.0 - average, 2))),
            PairsBelow60 = scores.Count(s => s < 600_000),
            OpenMentors = open.Length,
            MentorsAtLimit = open.Count(j => plan.MenteesOf[j].Count >= plan.PlacesOf(j)),
            Hhi = Concentration.Hhi(loads),
            Gini = Concentration.Gini(loads),
            LargestGroupShare = LargestGroupShare(),
            BlockingPairs = BlockingPairs(),
        };
    }

    double LargestGroupShare()
    {
        var groupOf = Rotation.Groups(people.Mentors);
        return plan.Matched == 0 ? 0 : plan.MentorOf.Where(j => j >= 0).CountBy(j => groupOf[j]).Max(g => g.Value) / (double)plan.Matched;
    }

    long BlockingPairs()
    {
        // What a mentor with no free place would have to give up; anybody is better than an empty place.
        var weakest = Array.ConvertAll(Enumerable.Range(0, table.Columns).ToArray(), j => plan.FreePlaces(j) > 0 ? 0 : plan.Movable(j).Select(i => plan.ScoreOf[i]).DefaultIfEmpty(int.MaxValue).Min());
        var count = 0L;
        Parallel.For(0, table.Rows, new ParallelOptions { CancellationToken = stop }, () => (Reader: new PossiblePairs.Reader(plan.Pairs), Count: 0L), (i, _, worker) =>
        {
            var row = worker.Reader.Of(i);
            for (var k = 0; k < row.Count; k++)
                if (row.Scores[k] > plan.ScoreOf[i] && row.Scores[k] > weakest[row.Mentors[k]]) worker.Count++;
            return worker;
        }, worker => Interlocked.Add(ref count, worker.Count));
        return count;
    }
}
