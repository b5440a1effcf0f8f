namespace Guildhall.Matching;

/// <summary>
/// How likely each mentee of a drawn plan was to get what they got. The whole match is drawn again, as often as the settings say, by lots that differ in the number of the draw
/// alone; the draw that was used counts as one of them, so that nobody's odds are 0 (as in a permutation test: B. Phipson, G. Smyth, "Permutation p-values should never be
/// zero", Statistical Applications in Genetics and Molecular Biology 9, 2010).
/// </summary>
static class Odds
{
    /// <summary>Draws again, and counts.</summary>
    /// <returns>By mentee, the share of all draws in which they had the mentor of the plan, or nobody as in the plan: above 0, at most 1. A pinned mentee has 1.</returns>
    public static double[] Of(Plan drawn, NearTies ties, MatchSettings settings, CancellationToken stop)
    {
        var same = new int[drawn.MentorOf.Length];
        // A draw keeps one core busy: the others take the next ones. Counts don't depend on who comes first.
        Parallel.For(1, ties.Draws + 1, new ParallelOptions { CancellationToken = stop }, draw =>
        {
            var again = PlanSolver.Solve(drawn.PlainPairs, settings, draw, stop);
            for (var i = 0; i < same.Length; i++)
                if (again.MentorOf[i] == drawn.MentorOf[i]) Interlocked.Increment(ref same[i]);
        });
        return Array.ConvertAll(same, count => (count + 1.0) / (ties.Draws + 1));
    }
}
