using System.Globalization;
using System.Text.Json;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;

namespace Guildhall.Commands;

/// <summary>
/// A stored run as the files that `match`, `assign` and `assign check` read, so that anybody can repeat and verify it without the database. A run
/// with pins is repeated by `match` alone: bare pairs can't say that one of them has to be there.
/// </summary>
static class RunFiles
{
    public static void Write(string folder, OpenMatch match, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "mentees.ndjson"), match.Input.Mentees.Select(mentee => JsonSerializer.Serialize(mentee, JsonColumns.Options)));
        File.WriteAllLines(Path.Combine(folder, "mentors.ndjson"), match.Input.Mentors.Select(mentor => JsonSerializer.Serialize(mentor, JsonColumns.Options)));
        File.WriteAllText(Path.Combine(folder, "settings.json"), JsonSerializer.Serialize(match.Input.Settings, MatchOutput.Json));
        File.WriteAllLines(Path.Combine(folder, "places.csv"), ["mentor,capacity", .. match.Run.Mentors.Select(mentor => Row(mentor.MentorId, "", mentor.Places))]);
        File.WriteAllLines(Path.Combine(folder, "priorities.csv"), ["mentee,priority", .. match.Input.Mentees.Select(mentee => Row(mentee.Id, "", mentee.Priority ?? 0))]);
        File.WriteAllLines(Path.Combine(folder, "pairs.csv"), ["mentee,mentor,score", .. Pairs(match, stop)]);
    }

    /// <summary>Every pair that the rules allow, with its exact score.</summary>
    static IEnumerable<string> Pairs(OpenMatch match, CancellationToken stop)
    {
        var chosen = match.Run.Pairs.ToDictionary(pair => pair.MenteeId);
        foreach (var mentee in match.Input.Mentees)
        {
            if (chosen.TryGetValue(mentee.Id, out var pair)) yield return Scored(mentee.Id, pair.MentorId, pair.Score);
            foreach (var other in match.Prepared.Alternatives(mentee.Id, int.MaxValue, stop)) yield return Scored(mentee.Id, other.MentorId, other.Score);
        }
    }

    static string Scored(string mentee, string mentor, PairScore score) => Row(mentee, mentor, score.Millionths / 1_000_000m);

    // Ids are the marketplace's own text: only quotes, commas and line ends ask for quoting.
    static string Row(string first, string second, IFormattable number) =>
        string.Join(',', ((string[])[first, second]).Where(id => id.Length > 0).Select(Quoted).Append(number.ToString(null, CultureInfo.InvariantCulture)));

    static string Quoted(string id) => id.AsSpan().IndexOfAny(",\"\r\n") < 0 ? id : $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
