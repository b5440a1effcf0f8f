namespace Guildhall.Matching;

/// <summary>Pairs in figures, however they were chosen.</summary>
/// <param name="Matched">Mentees with a pair.</param>
/// <param name="TotalScore">The sum of scores, in millionths.</param>
/// <param name="AveragePoints">The mean score in points; 0 without a pair.</param>
/// <param name="LowestPoints">The lowest score in points; null without a pair.</param>
/// <param name="SpreadPoints">The standard deviation of the scores, in points.</param>
/// <param name="PairsBelow60">Pairs under 60 points, as lists show them: in whole points.</param>
/// <param name="Hhi">Herfindahl–Hirschman index of mentees over the mentors with a place, 0 to 10,000.</param>
/// <param name="Gini">Gini coefficient of the same, 0 when all have as many.</param>
/// <param name="BlockingPairs">Pairs, not chosen, in which both would rather have each other than what they got.</param>
public sealed record PlanFigures(
    int Matched, long TotalScore, double AveragePoints, decimal? LowestPoints, double SpreadPoints, int PairsBelow60, double Hhi, double Gini, long BlockingPairs)
{
    internal static PlanFigures Of(PossiblePairs pairs, int[] mentorOf, int[] scoreOf, CancellationToken stop)
    {
        var scores = scoreOf.Where(s => s > 0).ToArray();
        var average = scores.Length == 0 ? 0 : scores.Average() / 10_000;
        var places = Places(pairs);
        var loads = new int[pairs.Columns];
        foreach (var j in mentorOf.Where(j => j >= 0)) loads[j]++;
        int[] open = [.. loads.Where((_, j) => places[j] > 0)];
        return new(
            scores.Length,
            scores.Sum(s => (long)s),
            average,
            scores.Length == 0 ? null : (scores.Min() + 500) / 1000 / 10m,
            scores.Length == 0 ? 0 : Math.Sqrt(scores.Average(s => Math.Pow(s / 10_000.0 - average, 2))),
            scores.Count(IsBelow60),
            Concentration.Hhi(open),
            Concentration.Gini(open),
            Blocking(pairs, mentorOf, scoreOf, loads, places, stop));
    }

    /// <summary>Whether lists, which show whole points, show less than 60: 59.4 is, 59.5 isn't.</summary>
    internal static bool IsBelow60(int score) => (score + 500) / 1000 < 595;

    /// <summary>Places the rules leave each mentor, those of the pins included.</summary>
    static int[] Places(PossiblePairs pairs)
    {
        int[] places = [.. pairs.Places];
        foreach (var j in pairs.PinOf.Where(j => j >= 0)) places[j]++;
        return places;
    }

    static long Blocking(PossiblePairs pairs, int[] mentorOf, int[] scoreOf, int[] loads, int[] places, CancellationToken stop)
    {
        // What a mentor with no free place would have to give up; anybody is better than an empty place.
        var weakest = Array.ConvertAll(Enumerable.Range(0, loads.Length).ToArray(), j => loads[j] < places[j] ? 0 : int.MaxValue);
        for (var i = 0; i < mentorOf.Length; i++)
            if (mentorOf[i] >= 0 && pairs.PinOf[i] < 0) weakest[mentorOf[i]] = Math.Min(weakest[mentorOf[i]], scoreOf[i]);
        var count = 0L;
        Parallel.For(0, pairs.Rows, new ParallelOptions { CancellationToken = stop }, () => (Reader: new PossiblePairs.Reader(pairs), Count: 0L), (i, _, worker) =>
        {
            var row = worker.Reader.Of(i);
            for (var k = 0; k < row.Count; k++)
                if (row.Scores[k] > scoreOf[i] && row.Scores[k] > weakest[row.Mentors[k]]) worker.Count++;
            return worker;
        }, worker => Interlocked.Add(ref count, worker.Count));
        return count;
    }
}
