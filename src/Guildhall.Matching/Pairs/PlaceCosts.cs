namespace Guildhall.Matching;

/// <summary>
/// For each mentor what the mentees of a plan would lose together if one more stranger had a place there: the cheapest chain that
/// ends with a free place or with somebody left out. Dual prices only bound it; this is the exact figure.
/// </summary>
static class PlaceCosts
{
    /// <summary>Costs by mentor, in scores and <see cref="Plan.Worth"/>; values are lowered until they stand, each pass in mentees times mentors.</summary>
    public static long[] Of(Plan plan)
    {
        var movable = Array.ConvertAll(Enumerable.Range(0, plan.MenteesOf.Length).ToArray(), j => plan.Movable(j).ToArray());
        var costs = Array.ConvertAll(Enumerable.Range(0, movable.Length).ToArray(), j =>
            plan.FreePlaces(j) > 0 ? 0 : movable[j].Select(i => plan.ScoreOf[i] + plan.Worth[i]).DefaultIfEmpty(long.MaxValue / 2).Min());
        var scores = new int[movable.Length];
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            for (var j = 0; j < movable.Length; j++)
                foreach (var i in costs[j] == 0 ? [] : movable[j])
                {
                    plan.Pairs.Scores(i, scores);
                    for (var to = 0; to < scores.Length; to++)
                    {
                        if (scores[to] == 0 || to == j || plan.ScoreOf[i] - scores[to] + costs[to] >= costs[j]) continue;
                        costs[j] = plan.ScoreOf[i] - scores[to] + costs[to];
                        isChanged = true;
                    }
                }
        }
        return costs;
    }
}
