using System.Diagnostics;
using System.Globalization;
using Guildhall.Matching;

namespace Guildhall.Benchmarks;

/// <summary>`bench cancel`: a run is stopped at moments spread over its whole length; how long it takes to end each time.</summary>
internal static class CancelBenchmark
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        var sides = Array.ConvertAll(options.Get("size", "10000x1000").Split('x'), side => int.Parse(side, CultureInfo.InvariantCulture));
        var moments = int.Parse(options.Get("moments", "20"), CultureInfo.InvariantCulture);
        var input = Marketplace.Make(sides[0], sides[1]);
        Stop(input, after: null);
        var whole = Stop(input, after: null).Ran;
        var waits = new List<(TimeSpan Moment, TimeSpan Wait)>();
        for (var m = 0; m < moments; m++)
        {
            var moment = whole * (m + 0.5) / moments;
            var (ran, ended) = Stop(input, moment);
            if (ended) waits.Add((moment, ran - moment));
        }
        foreach (var (moment, wait) in waits) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stopped after {moment.TotalSeconds:F2} s of {whole.TotalSeconds:F2}: ended {wait.TotalMilliseconds:F0} ms later"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the longest wait of {waits.Count}: {waits.Max(w => w.Wait).TotalMilliseconds:F0} ms"));
        return 0;
    }

    static (TimeSpan Ran, bool WasStopped) Stop(MatchInput input, TimeSpan? after)
    {
        using var stop = new CancellationTokenSource();
        var begin = Stopwatch.GetTimestamp();
        if (after is { } moment) stop.CancelAfter(moment);
        try
        {
            Matcher.Run(input, stop.Token);
            return (Stopwatch.GetElapsedTime(begin), false);
        }
        catch (OperationCanceledException)
        {
            return (Stopwatch.GetElapsedTime(begin), true);
        }
    }
}
