namespace Guildhall.Matching;

/// <summary>Writes a solved plan out as a run.</summary>
sealed class RunReport(Plan plan, MatchSettings settings, CancellationToken stop)
{
    // By mentee, in how many of all draws each mentor came out, and nobody.
    Dictionary<int, int>[]? draws;

    readonly ProfileColumns people = plan.Pairs.Table.People;
    readonly PairTable table = plan.Pairs.Table;

    public MatchRun Write()
    {
        var counts = plan.Pairs.Counts;
        draws = settings.NearTies is { } ties ? Odds.Of(plan, ties, settings, stop) : null;
        return new()
        {
            Settings = settings,
            Pairs = Pairs(),
            Unmatched = [.. new UnmatchedReasons(plan).Write(stop).Select(u => u with { Odds = OddsOf(people.MenteeIndex[u.MenteeId], -1) }).OrderBy(u => u.MenteeId, StringComparer.Ordinal)],
            Mentors = [.. people.Mentors.Select(Load).OrderBy(m => m.MentorId, StringComparer.Ordinal)],
            Scarcities = new ScarcityReport(plan).Write(stop),
            Rules = counts.All(),
            Summary = Summary(counts.Possible),
            Verdict = plan.Verdict with { WithoutDraw = draws is null ? null : Totals(PlanSolver.Best(plan.PlainPairs, settings, stop)) },
        };
    }

    static PlanTotals Totals(Plan best) => new(best.Matched, best.TotalScore);

    static IEnumerable<int> Indices(int[] mentorOf, Predicate<int> where) => Enumerable.Range(0, mentorOf.Length).Where(i => where(mentorOf[i]));

    MatchedPair[] Pairs()
    {
        var explainer = new PairExplainer(table, plan.Pairs.Regime, settings);
        int[] matched = [.. Indices(plan.MentorOf, j => j >= 0).OrderByDescending(i => plan.ScoreOf[i]).ThenBy(i => people.Mentees[i].Id, StringComparer.Ordinal)];
        var pairs = new MatchedPair[matched.Length];
        Parallel.For(0, pairs.Length, new ParallelOptions { CancellationToken = stop }, k => pairs[k] = Pair(matched[k], explainer));
        return pairs;
    }

    MatchedPair Pair(int i, PairExplainer explainer) => new()
    {
        MenteeId = people.Mentees[i].Id,
        MentorId = people.Mentors[plan.MentorOf[i]].Id,
        IsPinned = plan.Pairs.PinOf[i] >= 0,
        Score = explainer.Explain(i, plan.MentorOf[i]),
        Odds = OddsOf(i, plan.MentorOf[i]),
        Candidates = Candidates(i),
    };

    double? OddsOf(int i, int j) => draws is null ? null : draws[i][j] / (settings.NearTies!.Draws + 1.0);

    CandidateMentor[] Candidates(int i)
    {
        var own = plan.MentorOf[i];
        IEnumerable<int> mentors = draws is null ? [own] : draws[i].Where(one => one.Key >= 0).OrderByDescending(one => one.Key == own).ThenByDescending(one => one.Value).ThenBy(one => people.Mentors[one.Key].Id, StringComparer.Ordinal).Select(one => one.Key);
        return [.. mentors.Select(j => new CandidateMentor(people.Mentors[j].Id, OddsOf(i, j) ?? 1, Enum.GetValues<Factor>().ToDictionary(factor => factor, factor => table.Values.Value(factor, i, j))))];
    }

    MentorLoad Load(MentorProfile mentor, int j) =>
        new(mentor.Id, mentor.Capacity, plan.PlacesOf(j), plan.MenteesOf[j].Count, plan.MentorPrices[j]);

    RunSummary Summary(long possible)
    {
        var figures = PlanFigures.Of(plan.PlainPairs, plan.MentorOf, plan.ScoreOf, stop);
        var open = Enumerable.Range(0, table.Columns).Where(j => plan.PlacesOf(j) > 0).ToArray();
        return new()
        {
            Mentees = table.Rows,
            Mentors = table.Columns,
            Places = open.Sum(plan.PlacesOf),
            Pairs = (long)table.Rows * table.Columns,
            PossiblePairs = possible,
            Matched = figures.Matched,
            MatchedByPriority = [.. Enumerable.Range(0, AssignmentProblem.PriorityClasses).Select(p => Indices(plan.MentorOf, j => j >= 0).Count(i => people.Mentees[i].PriorityClass == p))],
            TotalScore = figures.TotalScore,
            AveragePoints = figures.AveragePoints,
            LowestPoints = figures.LowestPoints,
            SpreadPoints = figures.SpreadPoints,
            PairsBelow60 = figures.PairsBelow60,
            OpenMentors = open.Length,
            MentorsAtLimit = open.Count(j => plan.MenteesOf[j].Count >= plan.PlacesOf(j)),
            Hhi = figures.Hhi,
            Gini = figures.Gini,
            LargestGroupShare = LargestGroupShare(),
            BlockingPairs = figures.BlockingPairs,
        };
    }

    double LargestGroupShare()
    {
        var groupOf = Rotation.Groups(people.Mentors);
        return plan.Matched == 0 ? 0 : plan.MentorOf.Where(j => j >= 0).CountBy(j => groupOf[j]).Max(g => g.Value) / (double)plan.Matched;
    }
}
