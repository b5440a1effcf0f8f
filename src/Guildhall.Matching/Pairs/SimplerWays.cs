namespace Guildhall.Matching;

/// <summary>What simpler ways of matching make of the same people, places, rules and pins, to see what the optimum is worth.</summary>
sealed class SimplerWays(Plan plan)
{
    readonly PossiblePairs pairs = plan.Pairs;
    readonly MenteeProfile[] mentees = plan.Pairs.Table.People.Mentees;

    public WayFigures Optimum(CancellationToken stop) => new(MatchingWay.Optimum, [PlanFigures.Of(pairs, plan.MentorOf, plan.ScoreOf, stop)]);

    /// <summary>The best pair of all, then the best of those that are left. A higher priority class comes first.</summary>
    public WayFigures BestPairFirst(CancellationToken stop)
    {
        var (mentorOf, scoreOf, free) = Start();
        var reader = new PossiblePairs.Reader(pairs);
        var queue = new PriorityQueue<(int Mentee, Candidate Pair), (int, int, int)>();
        foreach (var i in Waiting(mentorOf)) Offer(i);
        while (queue.TryDequeue(out var next, out _))
        {
            stop.ThrowIfCancellationRequested();
            if (free[next.Pair.Mentor] == 0)
            {
                Offer(next.Mentee);
                continue;
            }
            free[next.Pair.Mentor]--;
            (mentorOf[next.Mentee], scoreOf[next.Mentee]) = (next.Pair.Mentor, next.Pair.Score);
        }
        return new(MatchingWay.BestPairFirst, [PlanFigures.Of(pairs, mentorOf, scoreOf, stop)]);

        void Offer(int i)
        {
            if (Best(reader.Of(i), free) is { } best) queue.Enqueue((i, best), (-mentees[i].PriorityClass, -best.Score, i));
        }
    }

    /// <summary>One mentee after the other takes the best mentor who has a place, in orders drawn by the seed and the mentees' ids. A higher priority class comes first.</summary>
    public WayFigures FirstCome(long seed, int orders, CancellationToken stop)
    {
        var reader = new PossiblePairs.Reader(pairs);
        return new(MatchingWay.FirstCome, [.. Enumerable.Range(1, orders).Select(draw =>
        {
            var (mentorOf, scoreOf, free) = Start();
            foreach (var i in Waiting(mentorOf).OrderByDescending(i => mentees[i].PriorityClass).ThenBy(i => AssignmentInstance.Order(seed + draw, mentees[i].Id)).ThenBy(i => i))
            {
                stop.ThrowIfCancellationRequested();
                if (Best(reader.Of(i), free) is not { } best) continue;
                free[best.Mentor]--;
                (mentorOf[i], scoreOf[i]) = (best.Mentor, best.Score);
            }
            return PlanFigures.Of(pairs, mentorOf, scoreOf, stop);
        })]);
    }

    /// <summary>Pins made, everybody else still waiting.</summary>
    (int[] MentorOf, int[] ScoreOf, int[] Free) Start() => (
        [.. pairs.PinOf],
        [.. plan.ScoreOf.Select((score, i) => pairs.PinOf[i] < 0 ? 0 : score)],
        [.. pairs.Places]);

    static int[] Waiting(int[] mentorOf) => [.. Enumerable.Range(0, mentorOf.Length).Where(i => mentorOf[i] < 0)];

    static Candidate? Best(PossiblePairs.Row row, int[] free)
    {
        Candidate? best = null;
        for (var k = 0; k < row.Count; k++)
            if (free[row.Mentors[k]] > 0 && (best is null || row.Scores[k] > best.Value.Score)) best = new(row.Mentors[k], row.Scores[k]);
        return best;
    }
}
