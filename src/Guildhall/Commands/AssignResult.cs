using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Guildhall.Matching;

namespace Guildhall.Commands;

/// <summary>Seconds that the steps of an assignment took.</summary>
sealed record AssignSeconds(double Read, double Solve, double Check);

/// <summary>The file that `assign` writes and `assign check` reads.</summary>
static class AssignResult
{
    // Above this a JSON number read as a double is not the number written.
    const long LargestNumber = 1L << 53;

    const string Scores = "score", MatchedFirst = "matched-first";

    /// <summary>Names of the objectives, as the command line and the file have them.</summary>
    public static IReadOnlyList<string> Objectives { get; } = [MatchedFirst, Scores];

    public static AssignmentObjective Objective(string name) => name == Scores ? AssignmentObjective.Score : AssignmentObjective.MatchedFirst;

    /// <summary>Writes the whole result, or nothing: beside the target first, then in its place. Gzip where the name ends in .gz.</summary>
    public static void Write(string path, bool asCsv, AssignmentInstance instance, Assignment result, AssignSeconds seconds)
    {
        var partial = $"{path}.partial";
        try
        {
            using (var file = File.Create(partial))
            using (Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file)
            {
                if (asCsv)
                    WriteCsv(stream, instance, result);
                else
                    WriteJson(stream, instance, result, seconds);
            }
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    static void WriteCsv(Stream stream, AssignmentInstance instance, Assignment result)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("mentee,mentor,score");
        for (var i = 0; i < result.MentorOf.Length; i++)
            if (result.MentorOf[i] is >= 0 and var j)
                text.WriteLine($"{Cell(instance.MenteeIds[i])},{Cell(instance.MentorIds[j])},{Decimal(ScoreOf(instance.Problem, i, j))}");

        static string Cell(string id) => id.AsSpan().ContainsAny(",\"\r\n") ? $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : id;
    }

    static void WriteJson(Stream stream, AssignmentInstance instance, Assignment result, AssignSeconds seconds)
    {
        var begin = Stopwatch.GetTimestamp();
        using var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("objective", result.Objective == AssignmentObjective.Score ? Scores : MatchedFirst);
        json.WriteStartObject("bonus");
        for (var k = 0; k < result.Bonus.Length; k++)
            WriteWhole(json, Class(k), result.Bonus[k]);
        json.WriteEndObject();
        json.WriteNumber("matched", result.Matched);
        json.WriteStartObject("matchedByPriority");
        for (var k = 0; k < result.MatchedByPriority.Length; k++)
            json.WriteNumber(Class(k), result.MatchedByPriority[k]);
        json.WriteEndObject();
        json.WritePropertyName("totalScore");
        json.WriteRawValue(Decimal(result.TotalScore));
        json.WriteStartArray("pairs");
        for (var i = 0; i < result.MentorOf.Length; i++)
        {
            if (result.MentorOf[i] is not (>= 0 and var j))
                continue;
            json.WriteStartObject();
            json.WriteString("mentee", instance.MenteeIds[i]);
            json.WriteString("mentor", instance.MentorIds[j]);
            json.WritePropertyName("score");
            json.WriteRawValue(Decimal(ScoreOf(instance.Problem, i, j)));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("prices");
        WritePrices(json, "mentees", instance.MenteeIds, result.MenteePrices);
        WritePrices(json, "mentors", instance.MentorIds, result.MentorPrices);
        json.WriteEndObject();
        WriteWhole(json, "seed", instance.Seed);
        json.WriteStartObject("seconds");
        WriteSeconds("read", seconds.Read);
        WriteSeconds("solve", seconds.Solve);
        WriteSeconds("check", seconds.Check);
        WriteSeconds("write", Stopwatch.GetElapsedTime(begin).TotalSeconds);
        json.WriteEndObject();
        json.WriteString("version", typeof(AssignResult).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
        json.WriteEndObject();

        void WriteSeconds(string name, double value) => json.WriteNumber(name, Math.Round((decimal)value, 6));
    }

    static void WritePrices(Utf8JsonWriter json, string name, ReadOnlySpan<string> ids, ReadOnlySpan<long> prices)
    {
        json.WriteStartObject(name);
        for (var k = 0; k < ids.Length; k++)
            WriteWhole(json, ids[k], prices[k]);
        json.WriteEndObject();
    }

    static void WriteWhole(Utf8JsonWriter json, string name, long value)
    {
        if (value is > LargestNumber or < -LargestNumber)
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        else
            json.WriteNumber(name, value);
    }

    static string Class(int k) => k.ToString(CultureInfo.InvariantCulture);

    static string Decimal(long millionths) =>
        string.Create(CultureInfo.InvariantCulture, $"{millionths / AssignmentProblem.MaxScore}.{millionths % AssignmentProblem.MaxScore:D6}");

    static int ScoreOf(AssignmentProblem problem, int mentee, int mentor)
    {
        var start = problem.RowStarts[mentee];
        return problem.Scores[start + problem.Mentors[start..problem.RowStarts[mentee + 1]].BinarySearch(mentor)];
    }

    /// <summary>
    /// Reads a result as a claim about an instance. The violation is the first thing in it that can't be such a claim: a missing
    /// part, an unknown id, a mentee matched twice, a pair's score that isn't the pair's.
    /// </summary>
    /// <exception cref="JsonException">The file isn't JSON.</exception>
    public static (Assignment? Claim, string? Violation) Read(Stream stream, AssignmentInstance instance)
    {
        using var document = JsonDocument.Parse(stream);
        try
        {
            return ReadClaim(document.RootElement, instance);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            // A part that isn't there, or is of another kind than this file's; which one, the message of System.Text.Json doesn't say.
            return (null, "The result lacks a part, or has text where a number belongs.");
        }
    }

    static (Assignment? Claim, string? Violation) ReadClaim(JsonElement root, AssignmentInstance instance)
    {
        var objective = root.GetProperty("objective").GetString();
        if (objective is null || !Objectives.Contains(objective))
            return (null, $"The objective {objective} is unknown.");
        var (mentees, mentors) = (Index(instance.MenteeIds), Index(instance.MentorIds));

        var mentorOf = new int[mentees.Count];
        Array.Fill(mentorOf, -1);
        foreach (var pair in root.GetProperty("pairs").EnumerateArray())
        {
            var (mentee, mentor) = (pair.GetProperty("mentee").GetString()!, pair.GetProperty("mentor").GetString()!);
            if (!mentees.TryGetValue(mentee, out var i))
                return (null, $"Mentee {mentee} is matched and is in no file.");
            if (!mentors.TryGetValue(mentor, out var j))
                return (null, $"Mentee {mentee} is matched with mentor {mentor}, who is in no file.");
            if (mentorOf[i] >= 0)
                return (null, $"Mentee {mentee} is matched twice.");
            mentorOf[i] = j;
            if (!HasPair(instance.Problem, i, j))
                return (null, $"Mentee {mentee} is matched with mentor {mentor}, but there is no such pair.");
            if (Millionths(pair.GetProperty("score")) != ScoreOf(instance.Problem, i, j))
                return (null, $"The score of mentee {mentee} with mentor {mentor} is not the one in the file of pairs.");
        }

        var prices = root.GetProperty("prices");
        if (Prices(prices.GetProperty("mentees"), mentees, out var menteePrices) is { } unknownMentee)
            return (null, mentees.ContainsKey(unknownMentee) ? $"The prices of mentees lack or repeat {unknownMentee}." : $"Mentee {unknownMentee} has a price and is in no file. A result made with --mentees is checked with the same --mentees.");
        if (Prices(prices.GetProperty("mentors"), mentors, out var mentorPrices) is { } unknownMentor)
            return (null, mentors.ContainsKey(unknownMentor) ? $"The prices of mentors lack or repeat {unknownMentor}." : $"Mentor {unknownMentor} has a price and is in no file.");
        var classes = Enumerable.Range(0, AssignmentProblem.PriorityClasses).ToDictionary(Class, k => k);
        if (Prices(root.GetProperty("bonus"), classes, out var bonus) is { } unknownBonus)
            return (null, $"The bonuses lack, repeat or add priority {unknownBonus}.");
        if (Prices(root.GetProperty("matchedByPriority"), classes, out var counts) is { } unknownCount)
            return (null, $"The numbers matched lack, repeat or add priority {unknownCount}.");

        return (new Assignment(
            Objective(objective), mentorOf, menteePrices, mentorPrices, bonus, Array.ConvertAll(counts, count => checked((int)count)),
            root.GetProperty("matched").GetInt32(), Millionths(root.GetProperty("totalScore"))), null);
    }

    static Dictionary<string, int> Index(ReadOnlySpan<string> ids)
    {
        var index = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (var k = 0; k < ids.Length; k++)
            index.Add(ids[k], k);
        return index;
    }

    // Returns an id that is missing, twice or not one of ours.
    static string? Prices(JsonElement element, Dictionary<string, int> ids, out long[] prices)
    {
        prices = new long[ids.Count];
        var isGiven = new bool[ids.Count];
        foreach (var price in element.EnumerateObject())
        {
            if (!ids.TryGetValue(price.Name, out var k) || isGiven[k])
                return price.Name;
            isGiven[k] = true;
            prices[k] = price.Value.ValueKind == JsonValueKind.String
                ? long.Parse(price.Value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
                : price.Value.GetInt64();
        }
        return Array.IndexOf(isGiven, false) is >= 0 and var missing ? ids.First(id => id.Value == missing).Key : null;
    }

    static long Millionths(JsonElement number)
    {
        var millionths = number.GetDecimal() * AssignmentProblem.MaxScore;
        return millionths == decimal.Truncate(millionths) ? (long)millionths : throw new FormatException("More than six digits.");
    }

    static bool HasPair(AssignmentProblem problem, int mentee, int mentor) =>
        problem.Mentors[problem.RowStarts[mentee]..problem.RowStarts[mentee + 1]].BinarySearch(mentor) >= 0;
}
