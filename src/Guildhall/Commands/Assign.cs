using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Guildhall.Matching;

namespace Guildhall.Commands;

/// <summary>`guildhall assign`: scored pairs and capacities in, the exact optimum out with the prices that prove it.</summary>
static class Assign
{
    internal static Option<string> Pairs { get; } = new("--pairs") { Description = "CSV with mentee,mentor,score; a score is a decimal above 0, at most 1, of at most six digits", HelpName = "file", Required = true };
    internal static Option<string> Mentors { get; } = new("--mentors") { Description = "CSV with mentor,capacity", HelpName = "file", Required = true };
    internal static Option<string?> Mentees { get; } = new("--mentees") { Description = "CSV with mentee,priority; a priority is 0 to 7, and 7 goes first", HelpName = "file" };

    internal static Command Build()
    {
        var outFile = new Option<string>("--out") { Description = "The file to write; gzip if it ends in .gz", HelpName = "file", Required = true };
        var objective = new Option<string>("--objective") { Description = "What comes first: the most matched, or the score", DefaultValueFactory = _ => AssignResult.Objectives[0] };
        objective.AcceptOnlyFromAmong([.. AssignResult.Objectives]);
        var seed = new Option<long>("--seed") { Description = "Fixes the order that decides between equal optima", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads that parse the rows; the result is the same for any number", DefaultValueFactory = _ => Environment.ProcessorCount };
        threads.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var wanted) && wanted < 1)
                given.AddError("--threads is 1 or more.");
        });
        var format = new Option<string>("--format") { Description = "json with prices and totals, or csv with the pairs alone", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "csv");

        var command = new Command("assign", "Match mentees with mentors: the exact optimum, with a certificate")
        {
            Pairs, Mentors, Mentees, outFile, objective, seed, threads, format, AssignCheck.Build(),
        };
        command.SetAction((parsed, stop) => Task.FromResult(Run(
            parsed.InvocationConfiguration, parsed.GetRequiredValue(Pairs), parsed.GetRequiredValue(Mentors), parsed.GetValue(Mentees), parsed.GetRequiredValue(outFile),
            AssignResult.Objective(parsed.GetRequiredValue(objective)), parsed.GetValue(seed), parsed.GetValue(threads),
            parsed.GetValue(format) == "csv", stop)));
        return command;
    }

    static int Run(
        InvocationConfiguration console, string pairs, string mentors, string? mentees, string outFile, AssignmentObjective objective, long seed, int threads, bool asCsv, CancellationToken stop)
    {
        var begin = Stopwatch.GetTimestamp();
        var (instance, refusal) = AssignFiles.Read(pairs, mentors, mentees, seed, threads, stop);
        if (instance is null)
            return Refuse(console, refusal!);
        var read = Stopwatch.GetElapsedTime(begin).TotalSeconds;

        begin = Stopwatch.GetTimestamp();
        var result = AssignmentSolver.Solve(instance.Problem, objective, stop);
        var solve = Stopwatch.GetElapsedTime(begin).TotalSeconds;

        begin = Stopwatch.GetTimestamp();
        if (AssignmentCheck.FirstViolation(instance, result) is { } violation)
        {
            console.Error.WriteLine($"The result failed its check and was not written: {violation}");
            return 1;
        }
        var check = Stopwatch.GetElapsedTime(begin).TotalSeconds;

        try
        {
            AssignResult.Write(outFile, asCsv, instance, result, new(read, solve, check));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(console, $"{outFile} can’t be written: {e.Message}");
        }
        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Matched:N0} of {instance.Problem.MenteeCount:N0} mentees matched, total score {result.TotalScore / 1e6m:N6}, checked; read {read:F2} s, solved {solve:F2} s, checked {check:F2} s."));
        return 0;
    }

    internal static int Refuse(InvocationConfiguration console, string reason)
    {
        console.Error.WriteLine(reason);
        return 2;
    }
}
