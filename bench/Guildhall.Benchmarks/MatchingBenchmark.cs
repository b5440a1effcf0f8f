using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Guildhall.Matching;

namespace Guildhall.Benchmarks;

/// <summary>
/// `bench matching`: seconds and memory of the solver beside LEMON's minimum-cost flow and, where instances are square, SciPy's sparse
/// matching. Every contestant is a process that reads the same file and reports its own seconds without reading and set-up.
/// </summary>
internal static class MatchingBenchmark
{
    sealed record Timing(double First, double Median, long Total, double PeakMegabytes);

    public static int Run(string[] args)
    {
        var options = new Options(args);
        var objective = options.Get("objective", "score");
        var repeats = options.Get("repeats", "5");
        var folder = Directory.CreateTempSubdirectory("guildhall-bench-").FullName;
        try
        {
            var lemon = options.Has("no-peers") || objective != "score" ? null : BuildLemon(folder);
            Console.WriteLine($"{Machine()}; objective {objective}; medians of {repeats}, seconds; first = the first call in a fresh process; memory = its peak, MB");
            Console.WriteLine("instance     optimum            first    warm  simplex scaling   scipy | first/best warm/best | memory simplex ratio");
            var disagreements = 0;
            foreach (var size in options.List("sizes", "1000,10000"))
                foreach (var family in options.List("families", "A,B,C,D,E,G"))
                    disagreements += Race(family[0], int.Parse(size, CultureInfo.InvariantCulture), objective, repeats, folder, lemon, !options.Has("no-peers"));
            return disagreements == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Returns the number of peers whose optimum is another.
    static int Race(char family, int size, string objective, string repeats, string folder, string? lemon, bool withPeers)
    {
        var file = Path.Combine(folder, "instance.bin");
        InstanceFile.Write(file, MatchingInstance.Make(family, size).Problem);

        var ours = Launch("dotnet", typeof(MatchingBenchmark).Assembly.Location, "solve", file, objective, repeats)
            ?? throw new InvalidOperationException($"The solver failed on {family} {size}.");
        var simplex = lemon is null ? null : Launch(lemon, file, "simplex", repeats);
        var scaling = lemon is null ? null : Launch(lemon, file, "scaling", repeats);
        var scipy = withPeers && family == 'G' && objective == "score" ? Launch("/usr/bin/python3", PeerSource("scipy_matching.py"), file, repeats) : null;

        var peers = new[] { simplex, scaling, scipy }.OfType<Timing>().ToArray();
        double? best = peers.Length == 0 ? null : peers.Min(peer => peer.Median);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{family} {size,-9:N0} {ours.Total,16:N0} {ours.First,8:F4} {ours.Median,7:F4} {Seconds(simplex)} {Seconds(scaling)} {Seconds(scipy)} | {ours.First / best,10:F3} {ours.Median / best,9:F3} | {ours.PeakMegabytes,6:F0} {simplex?.PeakMegabytes,7:F0} {ours.PeakMegabytes / simplex?.PeakMegabytes,5:F2}"));
        foreach (var peer in peers.Where(peer => peer.Total != ours.Total))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  a peer's optimum is {peer.Total:N0}"));
        return peers.Count(peer => peer.Total != ours.Total);
    }

    static string Seconds(Timing? run) => run is null ? "      –" : run.Median.ToString("F4", CultureInfo.InvariantCulture).PadLeft(7);

    static string? BuildLemon(string folder)
    {
        var program = Path.Combine(folder, "lemon");
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("g++", ["-O3", "-std=c++17", "-o", program, PeerSource("lemon.cpp")]) { UseShellExecute = false, RedirectStandardError = true })!;
            compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode == 0)
                return program;
        }
        catch (Win32Exception)
        {
            // No compiler: said below, and the race goes on without this peer.
        }
        Console.WriteLine("LEMON is left out: it takes g++ and the package liblemon-dev.");
        return null;
    }

    static Timing? Launch(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            Console.WriteLine($"{Path.GetFileName(program)} {Path.GetFileName(arguments[0])} is left out: it ended with status {process.ExitCode}.");
            return null;
        }
        var runs = lines[..^1].Select(line => line.Split(' ')).ToArray();
        var seconds = runs.Select(run => double.Parse(run[0], CultureInfo.InvariantCulture)).ToArray();
        // The first call is a figure of its own, so the warm median leaves it out where there are others.
        var warm = seconds.Length > 1 ? seconds[1..] : seconds;
        Array.Sort(warm);
        return new(seconds[0], warm[warm.Length / 2], long.Parse(runs[0][1], CultureInfo.InvariantCulture),
            long.Parse(lines[^1].Split(' ')[1], CultureInfo.InvariantCulture) / 1024.0);
    }

    static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        return $"{model ?? "unknown processor"}, {Environment.ProcessorCount} cores, .NET {Environment.Version}";
    }

    static string PeerSource(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "peers", name);
}
