using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Guildhall.Matching;

namespace Guildhall.Commands;

/// <summary>`guildhall assign check`: whether a result is the optimum of its files, from the files alone.</summary>
static class AssignCheck
{
    internal static Command Build()
    {
        var result = new Option<string>("--result") { Description = "The file that assign wrote as json", HelpName = "file", Required = true };
        var command = new Command("check", "Check a result against its files: pairs, capacities, totals and the proof by prices")
        {
            Assign.Pairs, Assign.Mentors, Assign.Mentees, result,
        };
        command.SetAction((parsed, stop) => Task.FromResult(Run(
            parsed.InvocationConfiguration, parsed.GetRequiredValue(Assign.Pairs), parsed.GetRequiredValue(Assign.Mentors), parsed.GetValue(Assign.Mentees), parsed.GetRequiredValue(result), stop)));
        return command;
    }

    static int Run(InvocationConfiguration console, string pairs, string mentors, string? mentees, string resultFile, CancellationToken stop)
    {
        // The order of the instance is of no matter here, so neither is its seed.
        var (instance, refusal) = AssignFiles.Read(pairs, mentors, mentees, seed: 0, Environment.ProcessorCount, stop);
        if (instance is null)
            return Assign.Refuse(console, refusal!);

        Assignment? claim;
        string? violation;
        try
        {
            using var stream = AssignFiles.Open(resultFile);
            (claim, violation) = AssignResult.Read(stream, instance);
        }
        catch (JsonException e)
        {
            return Assign.Refuse(console, string.Create(CultureInfo.InvariantCulture, $"{resultFile} holds no result: it stops being JSON on line {(e.LineNumber ?? 0) + 1}."));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Assign.Refuse(console, AssignFiles.Unreadable(resultFile, e));
        }
        violation ??= AssignmentCheck.FirstViolation(instance, claim!);
        if (violation is not null)
        {
            console.Error.WriteLine(violation);
            return 1;
        }
        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"All holds: {claim!.Matched:N0} of {instance.Problem.MenteeCount:N0} mentees matched, total score {claim.TotalScore / 1e6m:N6}, proved the greatest by the prices."));
        return 0;
    }
}
