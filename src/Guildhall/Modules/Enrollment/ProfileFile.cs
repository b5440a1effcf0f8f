using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CsvHelper;
using Guildhall.Matching;
using Guildhall.Platform;

namespace Guildhall.Modules.Enrollment;

/// <summary>One person of a participant file.</summary>
/// <param name="Line">The line it stands on, from 1.</param>
/// <param name="PersonName">Who takes part for the shop; null when the file doesn't say.</param>
public sealed record ProfileEntry<T>(long Line, string? PersonName, T Profile) where T : Matching.Participant;

/// <summary>
/// Reads the product's one format for participants, CSV or newline-delimited JSON: docs/guide/match-files.md lists its columns.
/// An empty cell is not known. The first thing that can't be read refuses the file, with its line and column.
/// </summary>
public static class ProfileFile
{
    /// <summary>Bytes of the largest file taken: some 50,000 people.</summary>
    public const int LargestFile = 64 << 20;

    static readonly JsonSerializerOptions Json = new(JsonColumns.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true };
    static readonly JsonDocumentOptions JsonText = new() { AllowDuplicateProperties = false };

    public static Result<IReadOnlyList<ProfileEntry<MenteeProfile>>> ReadMentees(Stream content, bool isJson) => Read(content, isJson, ProfileCells.MenteeColumns, cells => cells.Mentee());

    public static Result<IReadOnlyList<ProfileEntry<MentorProfile>>> ReadMentors(Stream content, bool isJson) => Read(content, isJson, ProfileCells.MentorColumns, cells => cells.Mentor());

    /// <summary>Whether a file of this name holds JSON, one object a line.</summary>
    public static bool IsJson(string fileName) => fileName.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);

    static Result<IReadOnlyList<ProfileEntry<T>>> Read<T>(Stream content, bool isJson, IReadOnlyCollection<string> columns, Func<ProfileCells, T> profile) where T : Matching.Participant
    {
        if (!Text(content).Succeeded(out var text, out var refusal)) return refusal;
        try
        {
            return isJson ? ReadJson<T>(text) : ReadCsv(text, columns, profile);
        }
        catch (UnreadableCellException unreadable)
        {
            return Refusal.Invalid("unreadable_cell", $"Line {unreadable.Line}, {unreadable.Column}: {unreadable.Message} Nothing was changed.");
        }
    }

    static Result<string> Text(Stream content)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            if (bytes.Length + read > LargestFile) return Refusal.Invalid("too_large", $"The file is larger than {LargestFile >> 20} MB. Nothing was changed. Split it.");
            bytes.Write(buffer, 0, read);
        }

        var all = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (all.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || all.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || all.Contains((byte)0))
            return Refusal.Invalid("not_utf8", "The file is not UTF-8 text. Nothing was changed. Save it as UTF-8 and send it again.");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(all.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? all[3..] : all);
        }
        catch (DecoderFallbackException)
        {
            return Refusal.Invalid("not_utf8", "The file is not UTF-8 text. Nothing was changed. Save it as UTF-8 and send it again.");
        }
    }

    static Result<IReadOnlyList<ProfileEntry<T>>> ReadCsv<T>(string text, IReadOnlyCollection<string> columns, Func<ProfileCells, T> profile) where T : Matching.Participant
    {
        using var reader = CsvReader.Create(new StringReader(text), new CsvReaderOptions { TrackLineNumbers = true });
        if (!reader.Read()) return Refusal.Invalid("no_header", "The file is empty. Nothing was changed. It needs a header row and a row for each person.");
        var headers = reader.Headers.Select(header => header.Trim()).ToList();
        if (!headers.Contains("id")) return Refusal.Invalid("no_header", "The first row holds no column called id. Nothing was changed. The columns are listed in docs/guide/match-files.md, with commas between.");
        if (headers.Find(header => !columns.Contains(header)) is { } unknown) return Refusal.Invalid("unknown_column", $"There is no column called {unknown}. Nothing was changed. The columns are listed in docs/guide/match-files.md.");
        if (headers.Distinct().Count() < headers.Count) return Refusal.Invalid("column_twice", "A column stands twice in the header. Nothing was changed.");

        var people = new List<ProfileEntry<T>>();
        do
        {
            if (reader.FieldCount != headers.Count)
                return Refusal.Invalid("ragged_row", $"Line {reader.LineNumber}: the row has {reader.FieldCount} cells and the header has {headers.Count}. Nothing was changed.");
            var cells = new ProfileCells(reader.LineNumber, headers.Select((header, at) => (header, Value: reader.GetString(at)?.Trim())).Where(cell => cell.Value is { Length: > 0 }).ToDictionary(cell => cell.header, cell => cell.Value!));
            people.Add(new ProfileEntry<T>(cells.Line, cells.PersonName, profile(cells)));
        }
        while (reader.Read());
        return people;
    }

    static Result<IReadOnlyList<ProfileEntry<T>>> ReadJson<T>(string text) where T : Matching.Participant
    {
        var people = new List<ProfileEntry<T>>();
        var line = 0L;
        foreach (var row in text.AsSpan().EnumerateLines())
        {
            line++;
            if (row.IsWhiteSpace()) continue;
            try
            {
                if (JsonNode.Parse(row.ToString(), null, JsonText) is not JsonObject person) return Refusal.Invalid("not_an_object", $"Line {line}: this is not a JSON object. Nothing was changed.");
                // The text is UTF-8 without a NUL by now, but an escape can still name one, and a list can hold a null.
                if (row.Contains("\\u0000", StringComparison.Ordinal)) return Refusal.Invalid("not_utf8", $"Line {line}: the text names a NUL character. Nothing was changed.");
                if (person.FirstOrDefault(field => field.Value is JsonArray list && list.Contains(null)) is { Key: { } listed }) return Refusal.Invalid("unreadable_json", $"Line {line}: {listed} holds a null. Nothing was changed.");
                string? name = null;
                if (person.Remove("name", out var named)) name = named?.GetValue<string>();
                people.Add(new ProfileEntry<T>(line, name, person.Deserialize<T>(Json)!));
            }
            catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
            {
                return Refusal.Invalid("unreadable_json", $"Line {line}: {(unreadable as JsonException)?.Path ?? "name"} can't be read. Nothing was changed. The fields are listed in docs/guide/match-files.md.");
            }
        }

        return people;
    }
}
