using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;

namespace Guildhall.Commands;

/// <summary>A run as files: everything for programs, and a row a mentee with reasons in words for spreadsheets.</summary>
static class MatchOutput
{
    /// <summary>Settings and runs in files: camel case, enums by name, nothing unknown passed over in silence.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonColumns.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    public static void WriteJson(string path, MatchRun run) => Write(path, stream => JsonSerializer.Serialize(stream, run, Json));

    public static void WriteCsv(string path, MatchRun run, IEnumerable<MenteeProfile> profiles, IReadOnlyDictionary<string, string> mentees, IReadOnlyDictionary<string, string> mentors) => Write(path, stream =>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        using var csv = CsvWriter.Create(text, CsvWriterOptions.Default with { NewLine = "\n" });
        var factors = Enum.GetValues<Factor>().Where(f => run.Settings.Weights.GetValueOrDefault(f) > 0).ToArray();
        csv.WriteRecord(["mentee", "mentee_name", "mentor", "mentor_name", "points", "pinned", "reasons", "caution", "odds", .. factors.Select(f => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName($"{f}")}_points")]);
        foreach (var pair in run.Pairs)
        {
            var (mentee, mentor) = (mentees[pair.MenteeId], mentors[pair.MentorId]);
            var points = pair.Score.Factors.ToDictionary(f => f.Factor, f => f.Points);
            csv.WriteRecord(Cells(
            [
                pair.MenteeId, mentee, pair.MentorId, mentor, Number(pair.Score.Points), pair.IsPinned ? "true" : "false",
                string.Join(' ', pair.Score.Reasons.Select(r => MatchWording.Sentence(r.Fact, mentee, mentor))),
                pair.Score.Caution is { } caution ? MatchWording.Sentence(caution, run.Settings, mentee, mentor) : "", Phrases.Odds(pair.Odds),
                .. factors.Select(f => Number(points[f])),
            ]));
        }
        var said = profiles.ToDictionary(mentee => mentee.Id);
        foreach (var unmatched in run.Unmatched)
            csv.WriteRecord(Cells([unmatched.MenteeId, mentees[unmatched.MenteeId], "", "", "", "", MatchWording.Sentence(unmatched, run, said[unmatched.MenteeId]), "", Phrases.Odds(unmatched.Odds), .. factors.Select(_ => "")]));
    });

    static string[] Cells(string[] cells) => Array.ConvertAll(cells, SpreadsheetText.Defused);

    static string Number(decimal points) => points.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>The whole file, or nothing: beside the target first, then in its place.</summary>
    internal static void Write(string path, Action<Stream> write)
    {
        var partial = $"{path}.partial";
        try
        {
            using (var file = File.Create(partial))
            using (Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file)
                write(stream);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
