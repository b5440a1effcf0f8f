namespace Guildhall.Matching;

/// <summary>Why a mentee has nobody: no mentor passes the rules, or every place is worth more to those who have it.</summary>
sealed class UnmatchedReasons(Plan plan)
{
    readonly PossiblePairs pairs = plan.Pairs;
    readonly Lazy<long[]> placeCosts = new(() => PlaceCosts.Of(plan));

    public UnmatchedMentee Of(int i)
    {
        var table = pairs.Table;
        var mentee = table.People.Mentees[i];
        var counts = new RuleCounts(pairs.Regime);
        counts.Add(table.RowOf(i));
        var removed = counts.Blocking();
        if (counts.Possible == 0)
            return Write(mentee, UnmatchedReason.NoPossibleMentor, removed, 0, removed[0].Rule);

        var scores = new int[table.Columns];
        pairs.Scores(i, scores);
        var open = Enumerable.Range(0, scores.Length).Where(j => scores[j] > 0).ToArray();
        // No difference of scores reaches this far: only a higher class does.
        var byPriority = open.Length > 0 && Array.TrueForAll(open, j => PriceFor(i, j) > (long)table.Rows * AssignmentProblem.MaxScore);
        var answer = Write(mentee, byPriority ? UnmatchedReason.PlacesTakenByPriority : UnmatchedReason.PlacesTaken, removed, (int)counts.Possible, rule: null);
        if (open.Length == 0) return answer;

        var nearest = open.MinBy(j => (PriceFor(i, j) - scores[j], j));
        return answer with
        {
            NearestMentorId = table.People.Mentors[nearest].Id,
            NearestScore = scores[nearest],
            PlacePrice = byPriority ? null : PriceFor(i, nearest),
        };
    }

    /// <summary>What the others would lose if the mentee had a place of the mentor: in units of score where who falls out is of the same class.</summary>
    long PriceFor(int i, int j) => placeCosts.Value[j] - plan.Worth[i];

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
