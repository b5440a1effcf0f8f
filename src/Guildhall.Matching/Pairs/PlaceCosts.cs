namespace Guildhall.Matching;

/// <summary>
/// For each mentor what the mentees of a plan would lose together if one more stranger had a place there: the cheapest chain that
/// ends with a free place or with somebody left out. Dual prices only bound it; this is the exact figure.
/// </summary>
static class PlaceCosts
{
    /// <summary>Costs by mentor, in scores and <see cref="Plan.Worth"/>; values are lowered until they stand, each pass over the pairs of the matched.</summary>
    public static long[] Of(Plan plan, CancellationToken stop)
    {
        var movable = Array.ConvertAll(Enumerable.Range(0, plan.MenteesOf.Length).ToArray(), j => plan.Movable(j).ToArray());
        var costs = Array.ConvertAll(Enumerable.Range(0, movable.Length).ToArray(), j =>
            plan.FreePlaces(j) > 0 ? 0 : movable[j].Select(i => plan.CountedOf[i] + plan.Worth[i]).DefaultIfEmpty(long.MaxValue / 2).Min());
        var reader = new PossiblePairs.Reader(plan.Pairs);
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            for (var j = 0; j < movable.Length; j++)
                foreach (var i in costs[j] == 0 ? [] : movable[j])
                {
                    stop.ThrowIfCancellationRequested();
                    var row = reader.Of(i);
                    for (var k = 0; k < row.Count; k++)
                    {
                        var cost = plan.CountedOf[i] - row.Scores[k] + costs[row.Mentors[k]];
                        if (cost >= costs[j] || row.Mentors[k] == j) continue;
                        costs[j] = cost;
                        isChanged = true;
                    }
                }
        }
        return costs;
    }
}
