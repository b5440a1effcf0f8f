using System.Diagnostics;
using System.Globalization;
using Guildhall.Matching;

namespace Guildhall.Benchmarks;

/// <summary>
/// `bench solve FILE OBJECTIVE REPEATS`: our side of `bench matching`, in a process of its own like every peer, so that the first call
/// pays for its own compilation and the peak memory is its own.
/// </summary>
internal static class SolveCommand
{
    public static int Run(string[] args)
    {
        var problem = InstanceFile.Read(args[0]);
        var objective = args[1] == "score" ? AssignmentObjective.Score : AssignmentObjective.MatchedFirst;
        for (var r = int.Parse(args[2], CultureInfo.InvariantCulture); r > 0; r--)
        {
            // What an earlier repeat has left behind is no memory of this one; peers free theirs at once.
            GC.Collect();
            var begin = Stopwatch.GetTimestamp();
            var result = AssignmentSolver.Solve(problem, objective);
            var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F6} {result.TotalScore}"));
            if (AssignmentCheck.FirstViolation(problem, result) is { } violation)
            {
                Console.Error.WriteLine(violation);
                return 1;
            }
        }
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Console.WriteLine($"peak {peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]}");
        return 0;
    }
}
