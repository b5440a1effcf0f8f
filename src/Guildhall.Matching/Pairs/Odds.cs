using System.Runtime.InteropServices;

namespace Guildhall.Matching;

/// <summary>
/// How likely each mentee of a drawn plan was to get what they got. The whole match is drawn again, as often as the settings say, by lots that differ in the number of the draw
/// alone; the draw that was used counts as one of them, so that nobody's odds are 0 (as in a permutation test: B. Phipson, G. Smyth, "Permutation p-values should never be
/// zero", Statistical Applications in Genetics and Molecular Biology 9, 2010).
/// </summary>
static class Odds
{
    /// <summary>Draws again, and counts.</summary>
    /// <returns>By mentee, in how many of all draws they had which mentor, or nobody (−1); the plan's own draw is counted. A pinned mentee has one mentor in all.</returns>
    public static Dictionary<int, int>[] Of(Plan drawn, NearTies ties, MatchSettings settings, CancellationToken stop)
    {
        var counts = Array.ConvertAll(drawn.MentorOf, j => new Dictionary<int, int> { [j] = 1 });
        // A draw keeps one core busy: the others take the next ones. Counts don't depend on who comes first.
        Parallel.For(1, ties.Draws + 1, new ParallelOptions { CancellationToken = stop }, draw =>
        {
            var again = PlanSolver.Solve(drawn.PlainPairs, settings, draw, stop);
            lock (counts)
            {
                for (var i = 0; i < counts.Length; i++) CollectionsMarshal.GetValueRefOrAddDefault(counts[i], again.MentorOf[i], out _)++;
            }
        });
        return counts;
    }
}
