using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Guildhall.Evidence;

namespace Guildhall.Commands.Evidence;

/// <summary>One method of `guildhall evidence`: its options, and what it makes of a file. A result is written whole or not at all.</summary>
sealed class EvidenceMethod(string name, string description)
{
    static readonly JsonSerializerOptions written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Command command = new(name, description);
    readonly List<Option<string>> columns = [];
    readonly List<Option<string?>> optionalColumns = [];
    readonly List<Option<string[]>> columnLists = [];

    /// <summary>A method's result: figures for programs and a sentence for people.</summary>
    public sealed record Result(JsonObject Figures, string Sentence);

    /// <summary>A column that the method can't do without.</summary>
    public Option<string> Column(string option, string what)
    {
        var column = new Option<string>(option) { Description = what, HelpName = "column", Required = true };
        columns.Add(column);
        command.Add(column);
        return column;
    }

    public Option<string?> OptionalColumn(string option, string what)
    {
        var column = new Option<string?>(option) { Description = what, HelpName = "column" };
        optionalColumns.Add(column);
        command.Add(column);
        return column;
    }

    /// <summary>Columns, separated by commas.</summary>
    public Option<string[]> ColumnList(string option, string what, bool required = false)
    {
        var list = new Option<string[]>(option)
        {
            Description = what,
            HelpName = "column,column",
            Required = required,
            DefaultValueFactory = _ => [],
            CustomParser = given => [.. given.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        };
        columnLists.Add(list);
        command.Add(list);
        return list;
    }

    public Option<string> Choice(string option, string what, params string[] choices)
    {
        var choice = new Option<string>(option) { Description = what, DefaultValueFactory = _ => choices[0] };
        choice.AcceptOnlyFromAmong(choices);
        command.Add(choice);
        return choice;
    }

    public Option<T> Number<T>(string option, string what, T otherwise, Predicate<T> isFit, string range)
    {
        var number = new Option<T>(option) { Description = $"{what}; {range}", HelpName = "number", DefaultValueFactory = _ => otherwise };
        number.Validators.Add(given =>
        {
            if (given.Tokens.Count == 1 && given.Errors.Any() is false && !isFit(given.GetValueOrDefault<T>()!)) given.AddError($"{option} is {range}.");
        });
        command.Add(number);
        return number;
    }

    public Option<double?> OptionalNumber(string option, string what)
    {
        var number = new Option<double?>(option) { Description = what, HelpName = "number" };
        command.Add(number);
        return number;
    }

    public Option<bool> Flag(string option, string what)
    {
        var flag = new Option<bool>(option) { Description = what };
        command.Add(flag);
        return flag;
    }

    /// <summary>The command, with --data and --out.</summary>
    public Command Build(Func<ParseResult, EvidenceTable, CancellationToken, Answer<Result>> run)
    {
        var data = new Option<string>("--data") { Description = "CSV with a header, plain or gzip", HelpName = "file", Required = true };
        command.Add(data);
        var outFile = Out();
        command.SetAction((parsed, stop) => Task.FromResult(Run(parsed, parsed.GetRequiredValue(data), parsed.GetRequiredValue(outFile), run, stop)));
        return command;
    }

    /// <summary>The command, for a method that needs no file.</summary>
    public Command Build(Func<ParseResult, Answer<Result>> run)
    {
        var outFile = Out();
        command.SetAction((parsed, _) => Task.FromResult(Finish(parsed.InvocationConfiguration, parsed.GetRequiredValue(outFile), run(parsed))));
        return command;
    }

    /// <summary>A number for a program: what isn't one, such as the standard error of a base period, is null.</summary>
    public static JsonNode? Figure(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>An estimate with its interval.</summary>
    public static JsonObject Figures(Guildhall.Evidence.Estimate estimate, double level = 0.95) => Figures(estimate, estimate.Interval(level));

    public static JsonObject Figures(Guildhall.Evidence.Estimate estimate, Guildhall.Evidence.Interval interval) => new()
    {
        ["estimate"] = Figure(estimate.Value),
        ["standardError"] = Figure(estimate.StandardError),
        ["lower"] = Figure(interval.Lower),
        ["upper"] = Figure(interval.Upper),
    };

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> figures) => new([.. items.Select(figures)]);

    /// <summary>A sentence's numbers, the same on every machine.</summary>
    public static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);

    Option<string> Out()
    {
        var outFile = new Option<string>("--out") { Description = "The JSON file to write; gzip if it ends in .gz", HelpName = "file", Required = true };
        command.Add(outFile);
        return outFile;
    }

    int Run(ParseResult parsed, string data, string outFile, Func<ParseResult, EvidenceTable, CancellationToken, Answer<Result>> run, CancellationToken stop)
    {
        HashSet<string> wanted = [.. columns.Select(column => parsed.GetRequiredValue(column)), .. optionalColumns.Select(column => parsed.GetValue(column)).OfType<string>(),
            .. columnLists.SelectMany(list => parsed.GetValue(list) ?? [])];
        var (table, refusal) = EvidenceTable.Read(data, wanted, stop);
        if (table is null) return Assign.Refuse(parsed.InvocationConfiguration, refusal!);
        if (table.Rows == 0) return Assign.Refuse(parsed.InvocationConfiguration, $"{data} holds no rows.");
        var answer = run(parsed, table, stop);
        return table.Refusal is { } misread ? Assign.Refuse(parsed.InvocationConfiguration, misread) : Finish(parsed.InvocationConfiguration, outFile, answer);
    }

    static int Finish(InvocationConfiguration console, string outFile, Answer<Result> answer)
    {
        if (answer.Value is not { } result) return Assign.Refuse(console, $"{JsonNamingPolicy.SnakeCaseLower.ConvertName($"{answer.Refusal!.Reason}")}: {answer.Refusal.Message}");
        try
        {
            MatchOutput.Write(outFile, stream => JsonSerializer.Serialize(stream, result.Figures, written));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Assign.Refuse(console, $"{outFile} can’t be written: {e.Message}");
        }
        console.Output.WriteLine(result.Sentence);
        return 0;
    }
}
