using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Guildhall.Evidence;

namespace Guildhall.Benchmarks;

/// <summary>
/// `prove coverage`: does an interval of 95% hold the truth in 95 of 100 markets? All 500 markets of three scenarios, whose estimates must be the published ones. The control is the usual base, the month before joining: where
/// sellers join after a bad month it must fail, or the study would see nothing. Last, markets whose keen sellers grow faster, where only the trend-adjusted line can be right.
/// </summary>
static class CoverageProof
{
    const int Runs = 500;

    public static int Run(string[] args)
    {
        _ = new Options(args);
        var published = new ReferenceTable(File.ReadAllLines(Published()));
        var failed = false;
        foreach (var (scenario, count) in new[] { ("A_no_dip", 477), ("B_dip", 477), ("C_dip_no_effect", 475) })
        {
            var (watch, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            var study = CoverageStudy.Run(scenario, published, Runs, CancellationToken.None);
            var seconds = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
            var holds = study.Covered == count && study.PublishedCovered == count && study.LargestDifference < 1e-8 && (scenario == "A_no_dip" || study.CoveredFromTheMonthBefore < Runs / 100);
            failed |= !holds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(holds ? "holds" : "FAILS")}: {scenario}, {study.Covered} of {study.Runs} intervals hold the truth (published {count}); largest difference from the published estimates {study.LargestDifference:E1}; from the month before joining {study.CoveredFromTheMonthBefore}; {seconds:F1} s of processor, {watch.Elapsed.TotalSeconds:F1} s"));
        }
        Trend();
        return failed ? 1 : 0;
    }

    static void Trend()
    {
        var truth = MarketSim.TrueSimple(0.20);
        var (plain, adjusted) = (new Estimate[Runs], new Estimate[Runs]);
        Parallel.For(0, Runs, r =>
        {
            var effects = GroupTimeEffects.Estimate(MarketSim.Make((ulong)(1000 + r), 1_200, MarketSim.Scenario.KeenGrowFaster).Panel).Required;
            plain[r] = effects.Simple().Required.Effect;
            adjusted[r] = TrendAdjustment.Of(effects).Required.Effect;
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"keen sellers grow faster, truth {truth:F4}: plain {plain.Average(e => e.Value):F4}, {plain.Count(e => e.Interval().Contains(truth))} of {Runs} hold it; trend-adjusted {adjusted.Average(e => e.Value):F4}, {adjusted.Count(e => e.Interval().Contains(truth))} of {Runs}, {adjusted.Average(e => e.StandardError) / plain.Average(e => e.StandardError):F1} times as wide"));
    }

    static string Published([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "tests", "Reference", "00_own_marketplace_panel", "coverage_runs.csv");
}
