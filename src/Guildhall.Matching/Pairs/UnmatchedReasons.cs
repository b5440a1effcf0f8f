namespace Guildhall.Matching;

/// <summary>Why a mentee has nobody: no mentor passes the rules, or every place is worth more to those who have it.</summary>
sealed class UnmatchedReasons(Plan plan)
{
    readonly PossiblePairs pairs = plan.Pairs;
    long[] placeCosts = [];

    /// <summary>The reason of each mentee who has nobody, in the order of the plan.</summary>
    public UnmatchedMentee[] Write(CancellationToken stop)
    {
        var unmatched = Enumerable.Range(0, pairs.Rows).Where(i => plan.MentorOf[i] < 0).ToArray();
        if (unmatched.Length == 0) return [];
        placeCosts = PlaceCosts.Of(plan, stop);
        var reasons = new UnmatchedMentee[unmatched.Length];
        Parallel.For(0, unmatched.Length, new ParallelOptions { CancellationToken = stop }, () => new PossiblePairs.Reader(pairs), (k, _, reader) =>
        {
            reasons[k] = Of(unmatched[k], reader);
            return reader;
        }, _ => { });
        return reasons;
    }

    UnmatchedMentee Of(int i, PossiblePairs.Reader reader)
    {
        var mentee = pairs.Table.People.Mentees[i];
        var row = reader.Of(i);
        var counts = pairs.CountsOf(i);
        var removed = counts.Blocking();
        if (counts.Possible == 0)
            return Write(mentee, UnmatchedReason.NoPossibleMentor, removed, 0, removed[0].Rule);

        // No difference of scores reaches this far: only a higher class does.
        var byPriority = row.Count > 0;
        var (nearest, score) = (-1, 0);
        for (var k = 0; k < row.Count; k++)
        {
            byPriority &= PriceFor(i, row.Mentors[k]) > (long)pairs.Rows * AssignmentProblem.MaxScore;
            if (nearest < 0 || PriceFor(i, row.Mentors[k]) - row.Scores[k] < PriceFor(i, nearest) - score) (nearest, score) = (row.Mentors[k], row.Scores[k]);
        }
        var answer = Write(mentee, byPriority ? UnmatchedReason.PlacesTakenByPriority : UnmatchedReason.PlacesTaken, removed, (int)counts.Possible, rule: null);
        if (nearest < 0) return answer;
        return answer with
        {
            NearestMentorId = pairs.Table.People.Mentors[nearest].Id,
            NearestScore = score,
            PlacePrice = byPriority ? null : PriceFor(i, nearest),
        };
    }

    /// <summary>What the others would lose if the mentee had a place of the mentor: in units of score where who falls out is of the same class.</summary>
    long PriceFor(int i, int j) => placeCosts[j] - plan.Worth[i];

    static UnmatchedMentee Write(MenteeProfile mentee, UnmatchedReason reason, IReadOnlyList<RuleStatistic> removed, int possible, Rule? rule) => new()
    {
        MenteeId = mentee.Id,
        Reason = reason,
        Rule = rule,
        Removed = removed,
        PossibleMentors = possible,
        NearestMentorId = null,
        NearestScore = null,
        PlacePrice = null,
    };
}
