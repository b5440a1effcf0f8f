namespace Guildhall.Matching;

/// <summary>Finds left-out pairs that a solve over candidates should have had, and adds them to the candidates.</summary>
static class MissingPairs
{
    /// <summary>Adds each mentee's left-out pairs whose score exceeds the prices of both, the greatest excess first. Returns how many were added.</summary>
    public static int Priced(PossiblePairs pairs, Candidate[][] candidates, Assignment assignment, int mostEach, CancellationToken stop)
    {
        var menteePrices = assignment.MenteePrices.ToArray();
        var mentorPrices = assignment.MentorPrices.ToArray();
        var bonus = assignment.Bonus.ToArray();
        var added = 0;
        Parallel.For(0, pairs.Rows, new ParallelOptions { CancellationToken = stop }, () => new PossiblePairs.Reader(pairs), (i, _, reader) =>
        {
            var row = reader.Of(i);
            var worth = bonus[pairs.Table.People.Mentees[i].PriorityClass] - menteePrices[i];
            List<(long Excess, Candidate Pair)>? found = null;
            for (var k = 0; k < row.Count; k++)
                if (row.Scores[k] + worth - mentorPrices[row.Mentors[k]] is > 0 and var excess)
                    (found ??= []).Add((-excess, new(row.Mentors[k], row.Scores[k])));
            if (found is null) return reader;
            candidates[i] = Merge(candidates[i], found.OrderBy(f => (f.Excess, f.Pair.Mentor)).Take(mostEach).Select(f => f.Pair));
            Interlocked.Add(ref added, Math.Min(found.Count, mostEach));
            return reader;
        }, _ => { });
        return added;
    }

    /// <summary>
    /// Prices with the smallest bonus prove the score, not the count: an alternating path over left-out pairs may still match one
    /// more, or one of a higher class in place of a lower. Adds the left-out pairs of the first such path. Returns how many.
    /// </summary>
    /// <remarks>Classes are searched from the highest down and what was reached is not searched again: linear in the number of pairs, and over when everybody was reached.</remarks>
    public static int Augmenting(PossiblePairs pairs, Candidate[][] candidates, Assignment assignment, CancellationToken stop)
    {
        var mentees = pairs.Table.People.Mentees;
        var mentorOf = assignment.MentorOf.ToArray();
        var menteesOf = Enumerable.Range(0, mentorOf.Length).Where(i => mentorOf[i] >= 0).ToLookup(i => mentorOf[i]);
        var unreached = pairs.Places.Count(places => places > 0);
        var reachedFrom = new int[pairs.Columns];
        Array.Fill(reachedFrom, -1);
        var reader = new PossiblePairs.Reader(pairs);
        var queue = new Queue<int>();
        foreach (var start in Enumerable.Range(0, mentorOf.Length).Where(i => mentorOf[i] < 0).OrderByDescending(i => mentees[i].PriorityClass))
        {
            queue.Enqueue(start);
            while (unreached > 0 && queue.TryDequeue(out var i))
            {
                stop.ThrowIfCancellationRequested();
                foreach (var j in reader.Of(i).Mentors)
                {
                    if (reachedFrom[j] >= 0) continue;
                    reachedFrom[j] = i;
                    unreached--;
                    var members = menteesOf[j].ToArray();
                    if (members.Length < pairs.Places[j] || Array.Exists(members, k => mentees[k].PriorityClass < mentees[start].PriorityClass))
                        return AddPath(pairs, candidates, mentorOf, reachedFrom, j);
                    foreach (var k in members) queue.Enqueue(k);
                }
            }
        }
        return 0;
    }

    static int AddPath(PossiblePairs pairs, Candidate[][] candidates, int[] mentorOf, int[] reachedFrom, int end)
    {
        var added = 0;
        for (var j = end; j >= 0;)
        {
            var i = reachedFrom[j];
            if (!Array.Exists(candidates[i], pair => pair.Mentor == j))
            {
                candidates[i] = Merge(candidates[i], [new(j, pairs.Score(i, j))]);
                added++;
            }
            j = mentorOf[i];
        }
        return added;
    }

    static Candidate[] Merge(Candidate[] pairs, IEnumerable<Candidate> more) => [.. pairs.Concat(more).OrderBy(pair => pair.Mentor)];
}
