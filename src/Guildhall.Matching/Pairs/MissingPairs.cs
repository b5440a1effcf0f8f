namespace Guildhall.Matching;

/// <summary>Finds left-out pairs that a solve over candidates should have had, and adds them to the candidates.</summary>
static class MissingPairs
{
    /// <summary>Adds each mentee's left-out pairs whose score exceeds the prices of both, the greatest excess first. Returns how many were added.</summary>
    public static int Priced(PossiblePairs pairs, int[][] candidates, Assignment assignment, int mostEach, CancellationToken stop)
    {
        var menteePrices = assignment.MenteePrices.ToArray();
        var mentorPrices = assignment.MentorPrices.ToArray();
        var bonus = assignment.Bonus.ToArray();
        var added = 0;
        Parallel.For(0, pairs.Rows, new ParallelOptions { CancellationToken = stop }, () => new int[pairs.Columns], (i, _, scores) =>
        {
            pairs.Scores(i, scores);
            var worth = bonus[pairs.Table.People.Mentees[i].PriorityClass] - menteePrices[i];
            List<(long Excess, int Mentor)>? found = null;
            for (var j = 0; j < scores.Length; j++)
                if (scores[j] > 0 && scores[j] + worth - mentorPrices[j] is > 0 and var excess)
                    (found ??= []).Add((-excess, j));
            if (found is null) return scores;
            found.Sort();
            candidates[i] = Merge(candidates[i], found.Take(mostEach).Select(f => f.Mentor));
            Interlocked.Add(ref added, Math.Min(found.Count, mostEach));
            return scores;
        }, _ => { });
        return added;
    }

    /// <summary>
    /// Prices with the smallest bonus prove the score, not the count: an alternating path over left-out pairs may still match one
    /// more, or one of a higher class in place of a lower. Adds the left-out pairs of the first such path. Returns how many.
    /// </summary>
    /// <remarks>Classes are searched from the highest down and what was reached is not searched again: linear in the number of pairs.</remarks>
    public static int Augmenting(PossiblePairs pairs, int[][] candidates, Assignment assignment)
    {
        var mentees = pairs.Table.People.Mentees;
        var mentorOf = assignment.MentorOf.ToArray();
        var menteesOf = Enumerable.Range(0, mentorOf.Length).Where(i => mentorOf[i] >= 0).ToLookup(i => mentorOf[i]);
        var reachedFrom = new int[pairs.Columns];
        Array.Fill(reachedFrom, -1);
        var scores = new int[pairs.Columns];
        var queue = new Queue<int>();
        foreach (var start in Enumerable.Range(0, mentorOf.Length).Where(i => mentorOf[i] < 0).OrderByDescending(i => mentees[i].PriorityClass))
        {
            queue.Enqueue(start);
            while (queue.TryDequeue(out var i))
            {
                pairs.Scores(i, scores);
                for (var j = 0; j < scores.Length; j++)
                {
                    if (scores[j] == 0 || reachedFrom[j] >= 0) continue;
                    reachedFrom[j] = i;
                    var members = menteesOf[j].ToArray();
                    if (members.Length < pairs.Places[j] || Array.Exists(members, k => mentees[k].PriorityClass < mentees[start].PriorityClass))
                        return AddPath(candidates, mentorOf, reachedFrom, j);
                    foreach (var k in members) queue.Enqueue(k);
                }
            }
        }
        return 0;
    }

    static int AddPath(int[][] candidates, int[] mentorOf, int[] reachedFrom, int end)
    {
        var added = 0;
        for (var j = end; j >= 0;)
        {
            var i = reachedFrom[j];
            if (Array.BinarySearch(candidates[i], j) < 0)
            {
                candidates[i] = Merge(candidates[i], [j]);
                added++;
            }
            j = mentorOf[i];
        }
        return added;
    }

    static int[] Merge(int[] mentors, IEnumerable<int> more)
    {
        int[] merged = [.. mentors, .. more];
        Array.Sort(merged);
        return merged;
    }
}
