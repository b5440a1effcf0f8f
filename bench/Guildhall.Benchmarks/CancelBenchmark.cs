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
        var whole = Enumerable.Range(0, 3).Select(_ => Stop(input, after: null)!.Value).Last();
        var waits = new List<(TimeSpan Moment, TimeSpan Wait)>();
        for (var m = 0; m < moments; m++)
        {
            var moment = whole * (m + 0.5) / moments;
            if (Stop(input, moment) is { } wait) waits.Add((moment, wait));
        }
        if (waits.Count == 0)
        {
            Console.WriteLine("Every run was over before it could be stopped.");
            return 1;
        }
        foreach (var (moment, wait) in waits) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stopped after {moment.TotalSeconds:F2} s of {whole.TotalSeconds:F2}: ended {wait.TotalMilliseconds:F0} ms later"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the longest wait of {waits.Count}: {waits.Max(w => w.Wait).TotalMilliseconds:F0} ms"));
        return 0;
    }

    // How long it took to end, from the request on, or from the beginning where there is none; null where the run was over before.
    static TimeSpan? Stop(MatchInput input, TimeSpan? after)
    {
        using var stop = new CancellationTokenSource();
        var asked = Stopwatch.GetTimestamp();
        var over = false;
        // A thread of its own: the run keeps those of the pool, and with them its timers, busy.
        var asker = new Thread(() =>
        {
            Thread.Sleep(after ?? TimeSpan.Zero);
            if (after is null || Volatile.Read(ref over)) return;
            asked = Stopwatch.GetTimestamp();
            stop.Cancel();
        });
        asker.Start();
        try
        {
            Matcher.Run(input, stop.Token);
            Volatile.Write(ref over, true);
            return after is null ? Stopwatch.GetElapsedTime(asked) : null;
        }
        catch (OperationCanceledException)
        {
            return Stopwatch.GetElapsedTime(asked);
        }
        finally
        {
            asker.Join();
        }
    }
}
