using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Guildhall.Evidence;

namespace Guildhall.Benchmarks;

/// <summary>`bench effects`: processor seconds of group-time effects, 18 months and 8 cohorts, beside R's did package on the same file where there is R.</summary>
static class EffectsBenchmark
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        var repeats = int.Parse(options.Get("repeats", "5"), CultureInfo.InvariantCulture);
        Console.WriteLine("processor seconds, medians; elapsed in brackets; 18 months, 8 cohorts, five covariate columns with the constant");
        var hasPeer = true;
        foreach (var size in options.List("sellers", "10000,100000"))
        {
            var sellers = int.Parse(size, CultureInfo.InvariantCulture);
            var market = MarketSim.Make(1000, sellers, MarketSim.Scenario.BadMonthBefore);
            var panel = market.Panel;
            var plain = OutcomePanel.Of(MarketSim.Months, market.LogRevenue, market.Joined).Required;
            Measure(sellers, "plain, never treated", repeats, () => GroupTimeEffects.Estimate(plain).Required);
            Measure(sellers, "doubly robust, never treated", repeats, () => GroupTimeEffects.Estimate(panel).Required);
            Measure(sellers, "doubly robust, not yet treated", repeats, () => GroupTimeEffects.Estimate(panel, new() { Controls = ControlGroup.NotYetTreated }).Required);
            var effects = GroupTimeEffects.Estimate(panel).Required;
            Measure(sellers, "by event time", repeats, () => effects.ByEventTime().Required);
            var series = effects.ByEventTime().Required;
            Measure(sellers, "band of 20,000 draws", repeats, () => series.SimultaneousCriticalValue(1));
            Measure(sellers, "simple average", repeats, () => effects.Simple().Required);
            hasPeer = hasPeer && Peer(market);
        }
        return 0;
    }

    static void Measure<T>(int sellers, string what, int repeats, Func<T> work)
    {
        var (processor, elapsed) = (new double[repeats], new double[repeats]);
        GC.KeepAlive(work());
        for (var r = 0; r < repeats; r++)
        {
            GC.Collect();
            var (begin, watch) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
            GC.KeepAlive(work());
            (processor[r], elapsed[r]) = ((Process.GetCurrentProcess().TotalProcessorTime - begin).TotalSeconds, watch.Elapsed.TotalSeconds);
        }
        Array.Sort(processor);
        Array.Sort(elapsed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sellers,9:N0} sellers {processor[repeats / 2],8:F3} ({elapsed[repeats / 2]:F3})  {what}"));
    }

    // Returns whether the peer ran.
    static bool Peer(MarketSim market)
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var rows = new StreamWriter(file))
            {
                rows.WriteLine("seller,month,joined,y,quality,category");
                for (var i = 0; i < market.Joined.Length; i++)
                    for (var t = 1; t <= MarketSim.Months; t++)
                        rows.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1},{t},{market.Joined[i]},{market.LogRevenue[i * MarketSim.Months + t - 1]:R},{market.Quality[i]:R},{market.Category[i]}"));
            }
            using var process = Process.Start(new ProcessStartInfo("Rscript", [PeerSource(), file]) { UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            Console.WriteLine("R is left out: it takes Rscript and the packages did and data.table.");
            return false;
        }
        finally
        {
            File.Delete(file);
        }
    }

    static string PeerSource([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "peers", "did.R");
}
