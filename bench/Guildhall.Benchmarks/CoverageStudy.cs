using Guildhall.Evidence;

namespace Guildhall.Benchmarks;

/// <summary>
/// Markets of seeds 1000, 1001, … with 1,200 sellers each, estimated doubly robust from two months before joining: how many of the 95% intervals hold the truth, and how far every estimate is from the published one.
/// </summary>
/// <param name="Runs">The number of markets.</param>
/// <param name="Covered">How many intervals hold the truth.</param>
/// <param name="PublishedCovered">The same by the published estimates.</param>
/// <param name="LargestDifference">The largest distance of an estimate or a standard error from the published one, of the design with anticipation and of the one without.</param>
/// <param name="CoveredFromTheMonthBefore">How many intervals hold the truth when effects are measured from the month before joining.</param>
internal sealed record CoverageStudy(int Runs, int Covered, int PublishedCovered, double LargestDifference, int CoveredFromTheMonthBefore)
{
    const int Sellers = 1_200;
    const double Critical = 1.959964;

    public static CoverageStudy Run(string scenarioName, ReferenceTable published, int most, CancellationToken stop)
    {
        var scenario = new[] { MarketSim.Scenario.NoDip, MarketSim.Scenario.BadMonthBefore, MarketSim.Scenario.NoEffect }.Single(s => s.Name == scenarioName);
        var (names, seeds, truth) = (published.Texts("scenario"), published.Whole("seed"), published.Numbers("truth"));
        var (late, lateError, early, earlyError) = (published.Numbers("dr_antic1"), published.Numbers("dr_antic1_se"), published.Numbers("dr_antic0"), published.Numbers("dr_antic0_se"));
        var rows = Enumerable.Range(0, published.Count).Where(row => names[row] == scenarioName).Take(most).ToArray();

        var (covered, coveredWithout) = (new bool[rows.Length], new bool[rows.Length]);
        var differences = new double[rows.Length];
        Parallel.For(0, rows.Length, new ParallelOptions { CancellationToken = stop }, r =>
        {
            var row = rows[r];
            var panel = MarketSim.Make((ulong)seeds[row], Sellers, scenario).Panel;
            var mine = Simple(panel, anticipation: 1);
            var without = Simple(panel, anticipation: 0);
            covered[r] = mine.WithCriticalValue(Critical).Contains(truth[row]);
            coveredWithout[r] = without.WithCriticalValue(Critical).Contains(truth[row]);
            differences[r] = new[] { mine.Value - late[row], mine.StandardError - lateError[row], without.Value - early[row], without.StandardError - earlyError[row] }.Max(Math.Abs);
        });
        return new(rows.Length, covered.Count(c => c), rows.Count(row => new Estimate(late[row], lateError[row]).WithCriticalValue(Critical).Contains(truth[row])), differences.DefaultIfEmpty(double.NaN).Max(),
            coveredWithout.Count(c => c));
    }

    static Estimate Simple(OutcomePanel panel, int anticipation) => GroupTimeEffects.Estimate(panel, new() { Anticipation = anticipation }).Required.Simple().Required.Effect;
}
