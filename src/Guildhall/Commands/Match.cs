using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;

namespace Guildhall.Commands;

/// <summary>`guildhall match`: participants and settings in, the explained optimum out. No database: docs/guide/match-files.md.</summary>
static class Match
{
    internal static Command Build()
    {
        var mentees = new Option<string>("--mentees") { Description = "Mentees, as .ndjson or as CSV; plain or gzip", HelpName = "file", Required = true };
        var mentors = new Option<string>("--mentors") { Description = "Mentors, as .ndjson or as CSV; plain or gzip", HelpName = "file", Required = true };
        var settings = new Option<string?>("--settings") { Description = "Rules, weights, pins and frame as JSON; without it the defaults, from today on", HelpName = "file" };
        var outFile = new Option<string>("--out") { Description = "The run with its reasons, to write as JSON; gzip if it ends in .gz", HelpName = "file", Required = true };
        var csv = new Option<string?>("--csv") { Description = "A row a mentee with reasons in words, to write as CSV", HelpName = "file" };
        var beside = new Option<int?>("--beside") { Description = "Also print what simpler ways make of the same people: the best pair first, and first come, first served in so many drawn orders", HelpName = "orders" };
        beside.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 10_000) result.AddError("--beside takes 1 to 10,000 orders.");
        });
        var command = new Command("match", "Match participants: the best possible pairs with a reason for each") { mentees, mentors, settings, outFile, csv, beside };
        command.SetAction((parsed, stop) => Task.FromResult(Run(
            parsed.InvocationConfiguration, parsed.GetRequiredValue(mentees), parsed.GetRequiredValue(mentors), parsed.GetValue(settings), parsed.GetRequiredValue(outFile), parsed.GetValue(csv), parsed.GetValue(beside), stop)));
        return command;
    }

    static int Run(InvocationConfiguration console, string menteesFile, string mentorsFile, string? settingsFile, string outFile, string? csvFile, int? orders, CancellationToken stop)
    {
        var begin = Stopwatch.GetTimestamp();
        if (!Read(menteesFile, ProfileFile.ReadMentees).Succeeded(out var mentees, out var refusal)
            || !Read(mentorsFile, ProfileFile.ReadMentors).Succeeded(out var mentors, out refusal)
            || !Settings(settingsFile).Succeeded(out var settings, out refusal))
            return Assign.Refuse(console, refusal.Message);
        var read = Stopwatch.GetElapsedTime(begin).TotalSeconds;

        begin = Stopwatch.GetTimestamp();
        var result = Matcher.Prepare(new([.. mentees.People.Select(m => m.Profile)], [.. mentors.People.Select(m => m.Profile)], settings), stop);
        if (result.Value is not { } match)
        {
            foreach (var reason in result.Refusals) console.Error.WriteLine(reason.Message);
            return 2;
        }
        var run = match.Run(stop);
        var matched = Stopwatch.GetElapsedTime(begin).TotalSeconds;

        try
        {
            MatchOutput.WriteJson(outFile, run);
            if (csvFile is not null)
                MatchOutput.WriteCsv(csvFile, run, mentees.People.Select(m => m.Profile), Names(mentees.People), Names(mentors.People));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Assign.Refuse(console, $"The result can’t be written: {e.Message}");
        }
        var summary = run.Summary;
        console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{summary.Matched:N0} of {Counted.Of(summary.Mentees, "mentee")} matched with {Counted.Of(summary.Mentors, "mentor")}, average fit {summary.AveragePoints:F1}, checked over {Counted.Of(run.Verdict.CheckedPairs, "pair")}; read {read:F2} s, matched {matched:F2} s."));
        if (run.Verdict.WithoutDraw is { } best)
            console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Near ties drawn by lot: {summary.TotalScore / 10_000.0:N1} points in all, the most possible {best.TotalScore / 10_000.0:N1}; odds from {settings.NearTies!.Draws + 1:N0} draws."));
        if (orders is { } drawn) WriteBeside(console.Output, match.SimplerWays(drawn, stop));
        return 0;
    }

    /// <summary>A line a way; of drawn orders the mean, and of what hangs on them most the range.</summary>
    static void WriteBeside(TextWriter output, IReadOnlyList<WayFigures> ways)
    {
        output.WriteLine("                                     matched  average fit  lowest  below 60  rather each other    HHI");
        foreach (var (way, draws) in ways)
        {
            var name = way switch
            {
                MatchingWay.Optimum => "the best total",
                MatchingWay.BestPairFirst => "best pair first",
                _ => $"first come, first served, {Counted.Of(draws.Count, "order")}",
            };
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-36} {draws.Average(d => d.Matched),7:N0} {draws.Average(d => d.AveragePoints),12:N1} {draws.Average(d => d.LowestPoints),7:N1} {draws.Average(d => d.PairsBelow60),9:N0} {draws.Average(d => d.BlockingPairs),18:N0} {draws.Average(d => d.Hhi),6:N0}"));
            if (draws.Count > 1)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{"  least and most of them",-36} {draws.Min(d => d.Matched),3:N0}–{draws.Max(d => d.Matched),-3:N0} {draws.Min(d => d.AveragePoints),6:N1}–{draws.Max(d => d.AveragePoints),-5:N1} {draws.Min(d => d.LowestPoints),4:N1}–{draws.Max(d => d.LowestPoints),-4:N1}"));
        }
    }

    static Result<ProfileFileContent<T>> Read<T>(string file, Func<Stream, bool, Result<ProfileFileContent<T>>> read)
        where T : Matching.Participant
    {
        var name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        try
        {
            using var stream = AssignFiles.Open(file);
            var people = read(stream, ProfileFile.IsJson(name));
            return (people.Refusal ?? people.Value.Problems.AsRefusal()) is { } refusal ? refusal with { Message = $"{file}: {refusal.Message}" } : people;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Refusal.Invalid("unreadable_file", AssignFiles.Unreadable(file, e));
        }
    }

    /// <summary>The names of an enumeration as JSON writes them.</summary>
    static string Names<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    static Result<MatchSettings> Settings(string? file)
    {
        if (file is null)
            return new MatchSettings { ProgramStart = DateOnly.FromDateTime(DateTime.UtcNow) };
        try
        {
            using var stream = AssignFiles.Open(file);
            using var json = JsonDocument.Parse(stream);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return Unusable(file, "It holds no JSON object.");
            if (!json.RootElement.EnumerateObject().Any(field => field.Name.Equals(nameof(MatchSettings.ProgramStart), StringComparison.OrdinalIgnoreCase))) return Unusable(file, "It needs programStart.");
            var settings = json.RootElement.Deserialize<MatchSettings>(MatchOutput.Json)!;
            return ProgramDays.Has(settings.ProgramStart) ? settings : Unusable(file, $"programStart is {settings.ProgramStart:yyyy-MM-dd}. {ProgramDays.Outside("a day")}");
        }
        catch (JsonException e) when (e.Path is null)
        {
            return Unusable(file, FormattableString.Invariant($"It stops being JSON on line {(e.LineNumber ?? 0) + 1}."));
        }
        catch (JsonException e)
        {
            var setting = e.Path!.TrimStart('$', '.');
            return Unusable(file, setting == "programStart" ? "programStart is a day, such as 2027-01-04."
                : setting.StartsWith("weights.", StringComparison.Ordinal) && !Enum.TryParse<Factor>(setting["weights.".Length..], ignoreCase: true, out _)
                    ? $"There is no factor “{setting["weights.".Length..]}” to weigh. The factors are {Names<Factor>()}."
                : setting.StartsWith("rules[", StringComparison.Ordinal) && setting.EndsWith("].rule", StringComparison.Ordinal) ? $"{setting} is no rule. The rules are {Names<Rule>()}."
                // Only the message tells an unknown name from a value that doesn't fit.
                : e.Message.Contains("could not be mapped", StringComparison.Ordinal) ? $"Unknown setting “{setting}”."
                : $"The value of {setting} can’t be read.");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Refusal.Invalid("unreadable_file", AssignFiles.Unreadable(file, e));
        }
    }

    static Refusal Unusable(string file, string why) => Refusal.Invalid("unreadable_settings", $"{file} can’t be used. {why} docs/guide/match-files.md lists every field.");

    static Dictionary<string, string> Names<T>(IEnumerable<ProfileEntry<T>> people)
        where T : Matching.Participant =>
        people.ToDictionary(p => p.Profile.Id, p => p.PersonName ?? p.Profile.Id);
}
