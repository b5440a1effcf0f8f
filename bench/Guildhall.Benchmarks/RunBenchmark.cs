using System.Diagnostics;
using System.Globalization;
using Guildhall.Matching;

namespace Guildhall.Benchmarks;

/// <summary>`bench run`: profiles in, explained pairs out, on all cores.</summary>
internal static class RunBenchmark
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        foreach (var size in options.List("sizes", "1000x200,10000x1000"))
        {
            var sides = Array.ConvertAll(size.Split('x'), side => int.Parse(side, CultureInfo.InvariantCulture));
            var input = Marketplace.Make(sides[0], sides[1]);
            if (options.Has("near-ties")) input = input with { Settings = input.Settings with { NearTies = new(double.Parse(options.Get("near-ties", "1"), CultureInfo.InvariantCulture)) } };
            for (var repeat = 0; repeat < int.Parse(options.Get("repeats", "3"), CultureInfo.InvariantCulture); repeat++)
            {
                var begin = Stopwatch.GetTimestamp();
                var match = Matcher.Prepare(input).Required;
                var prepared = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                var run = match.Run();
                var whole = Stopwatch.GetElapsedTime(begin).TotalSeconds;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{size}: {whole:F3} s ({prepared:F3} s to prepare); {run.Summary.PossiblePairs:N0} of {run.Summary.Pairs:N0} pairs possible, {run.Summary.Matched:N0} matched, total {run.Summary.TotalScore:N0}, {run.Verdict.AddedPairs} pairs added in {run.Verdict.Rounds} rounds"));
            }
            if (options.Has("beside"))
                foreach (var (way, draws) in Matcher.Prepare(input).Required.SimplerWays(int.Parse(options.Get("beside", "20"), CultureInfo.InvariantCulture)))
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"  {way}, {draws.Count} orders: {draws.Average(d => d.Matched):N0} matched, total {draws.Average(d => d.TotalScore):N0}, average fit {draws.Average(d => d.AveragePoints):N1}"));
            Console.WriteLine($"peak {File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]} kB");
        }
        return 0;
    }
}
