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
/// <param name="Fields">The profile's fields that the file holds, by their names in JSON. It says nothing of the others, which in an empty cell or a null is said: not known.</param>
public sealed record ProfileEntry<T>(long Line, string? PersonName, T Profile, IReadOnlyCollection<string> Fields) where T : Matching.Participant
{
    /// <summary>Somebody's profile with what the file says of them in place of what was known.</summary>
    public T Over(T known)
    {
        var (profile, said) = (Written(known), Written(Profile));
        foreach (var field in Fields) profile[field] = said[field]?.DeepClone();
        return profile.Deserialize<T>(JsonColumns.Options)!;

        // A file may write a field in other letters than we do.
        static JsonObject Written(T profile) => JsonNode.Parse(JsonSerializer.Serialize(profile, JsonColumns.Options), new JsonNodeOptions { PropertyNameCaseInsensitive = true })!.AsObject();
    }
}

/// <summary>A participant file as it was read.</summary>
/// <param name="People">Those whose whole row could be read.</param>
public sealed record ProfileFileContent<T>(IReadOnlyList<ProfileEntry<T>> People, FileProblems Problems) where T : Matching.Participant;

/// <summary>
/// Reads the product's one format for participants, CSV or newline-delimited JSON: docs/guide/match-files.md lists its columns.
/// An empty cell is not known. Everything that can't be read is a problem with its line and column; a file that can't be read as a table is refused.
/// </summary>
public static class ProfileFile
{
    /// <summary>Bytes of the largest file taken: some 50,000 people.</summary>
    public const int LargestFile = 64 << 20;

    static readonly JsonSerializerOptions Json = new(JsonColumns.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true };
    static readonly (char Mark, string Name)[] OtherSeparators = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    static readonly JsonDocumentOptions JsonText = new() { AllowDuplicateProperties = false };

    public static Result<ProfileFileContent<MenteeProfile>> ReadMentees(Stream content, bool isJson) => Read(content, isJson, ProfileCells.MenteeColumns, cells => cells.Mentee());

    public static Result<ProfileFileContent<MentorProfile>> ReadMentors(Stream content, bool isJson) => Read(content, isJson, ProfileCells.MentorColumns, cells => cells.Mentor());

    /// <summary>Whether a file of this name holds JSON, one object a line.</summary>
    public static bool IsJson(string fileName) => fileName.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);

    static Result<ProfileFileContent<T>> Read<T>(Stream content, bool isJson, IReadOnlyCollection<string> columns, Func<ProfileCells, T> profile) where T : Matching.Participant
    {
        if (!Text(content).Succeeded(out var text, out var refusal)) return refusal;
        return isJson ? ReadJson<T>(text) : ReadCsv(text, columns, profile);
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

    static Result<ProfileFileContent<T>> ReadCsv<T>(string text, IReadOnlyCollection<string> columns, Func<ProfileCells, T> profile) where T : Matching.Participant
    {
        if (string.IsNullOrWhiteSpace(text)) return Refusal.Invalid("empty_file", "The file is empty. Nothing was changed. It needs a header row and a row for each person.");
        var malformed = -1L;
        using var reader = CsvReader.Create(new StringReader(text), new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, OnMalformedRecord = record => malformed = record.LineNumber });
        reader.ReadHeader();
        // Marketplaces call it by the name it has in the other files.
        var headers = reader.Headers.Select(header => header.Trim() is "seller_id" ? "id" : header.Trim()).ToList();
        if (HeaderRefusal(headers, columns) is { } refusal) return refusal;
        var fields = headers.Where(header => header is not "name").Select(ProfileCells.Field).ToHashSet();

        var (people, problems) = (new List<ProfileEntry<T>>(), new FileProblems());
        while (reader.Read())
        {
            var (line, before) = (reader.LineNumber, problems.Total);
            if (malformed == line) problems.Add(line, "A quote stands inside a cell or is never closed.");
            else if (reader.FieldCount != headers.Count) problems.Add(line, $"The row has {reader.FieldCount} cells and the header has {headers.Count}.");
            if (problems.Total > before) continue;

            var cells = new ProfileCells(line, headers.Select((header, at) => (header, Value: reader.GetString(at)?.Trim())).Where(cell => cell.Value is { Length: > 0 }).ToDictionary(cell => cell.header, cell => cell.Value!), problems);
            var person = profile(cells);
            if (problems.Total == before) people.Add(new ProfileEntry<T>(line, cells.PersonName, person, fields));
        }

        return new ProfileFileContent<T>(people, problems);
    }

    static Refusal? HeaderRefusal(List<string> headers, IReadOnlyCollection<string> columns)
    {
        if (!headers.Contains("id"))
        {
            return headers is [var only] && OtherSeparators.FirstOrDefault(other => only.Split(other.Mark, StringSplitOptions.TrimEntries).Any(column => column is "id" or "seller_id")) is { Name: { } separator }
                ? Refusal.Invalid("separator", $"The columns are separated by {separator}. Nothing was changed. Save the file with commas between the columns; inside a cell, lists are split at semicolons.")
                : Refusal.Invalid("no_header", "The first row holds no column called id or seller_id. Nothing was changed. The People page gives an empty file with the columns, and docs/guide/match-files.md lists them.");
        }

        if (headers.Except(columns).ToList() is [_, ..] unknown)
        {
            var (other, who, here) = columns == ProfileCells.MentorColumns ? (ProfileCells.MenteeColumns, "mentees", "mentors") : (ProfileCells.MentorColumns, "mentors", "mentees");
            if (unknown.TrueForAll(other.Contains))
                return Refusal.Invalid("other_side", $"{string.Join(" and ", unknown.Take(5))} {(unknown.Count == 1 ? "is a column" : "are columns")} of {who}, and this was sent as a file of {here}. Nothing was changed. Choose {who}, or leave {(unknown.Count == 1 ? "that column" : "those columns")} out.");
            return Refusal.Invalid("unknown_column", $"There is no column called {string.Join(" or ", unknown.Take(5))}. Nothing was changed. The People page gives an empty file with the columns, and docs/guide/match-files.md lists them.");
        }

        return headers.Distinct().Count() < headers.Count ? Refusal.Invalid("column_twice", "A column stands twice in the header. Nothing was changed.") : null;
    }

    static Result<ProfileFileContent<T>> ReadJson<T>(string text) where T : Matching.Participant
    {
        var (people, problems) = (new List<ProfileEntry<T>>(), new FileProblems());
        var line = 0L;
        // A JSON string may hold U+2028 and other marks that text editors break lines at: only a newline ends a row. A carriage return before it is space to JSON.
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var row = text.AsSpan(range);
            line++;
            if (row.IsWhiteSpace()) continue;
            try
            {
                // The text is UTF-8 without a NUL by now, but an escape can still name one, and a list can hold a null.
                if (JsonNode.Parse(row.ToString(), null, JsonText) is not JsonObject person) problems.Add(line, "This is not a JSON object.");
                else if (row.Contains("\\u0000", StringComparison.Ordinal)) problems.Add(line, "The text names a NUL character.");
                else if (person.FirstOrDefault(field => field.Value is JsonArray list && list.Contains(null)) is { Key: { } listed }) problems.Add(line, "The list holds a null.", listed);
                else if (Entry<T>(line, person, problems) is { } entry) people.Add(entry);
            }
            catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
            {
                problems.Add(line, Unreadable(unreadable as JsonException));
            }
        }

        return new ProfileFileContent<T>(people, problems);
    }

    // Only the message tells a name twice, or one that we don't have, from a value that doesn't fit.
    static string Unreadable(JsonException? why) => why switch
    {
        null => "The name is not a text.",
        { Path: null } when why.Message.Contains("uplicate", StringComparison.Ordinal) => "A field stands twice on the line.",
        { Path: null } => "The line is not JSON.",
        { Path: "$" } => "The line needs the fields id and, of a mentor, capacity.",
        { Message: var message, Path: var path } when message.Contains("could not be mapped", StringComparison.Ordinal) => $"There is no field {path.TrimStart('$', '.')}. The fields are listed in docs/guide/match-files.md.",
        { Path: var path } => $"The value of {path.TrimStart('$', '.')} can’t be read. The fields are listed in docs/guide/match-files.md.",
    };

    /// <returns>Null when a language is no tag or the time zone is none: then it is among the problems.</returns>
    static ProfileEntry<T>? Entry<T>(long line, JsonObject person, FileProblems problems) where T : Matching.Participant
    {
        var name = person.Remove("name", out var named) ? named?.GetValue<string>() : null;
        var profile = person.Deserialize<T>(Json)!;
        var tags = profile.Languages?.Select(skill => LanguageTags.Tag(skill.Language)).ToList() ?? [];
        if (tags.Contains(null)) problems.Add(line, "A language is a tag such as en or pt-BR.", "languages");
        var isZone = profile.TimeZone is null || TimeZones.Has(profile.TimeZone);
        if (!isZone) problems.Add(line, TimeZones.NotOne(profile.TimeZone!), "timeZone");
        return tags.Contains(null) || !isZone ? null : new ProfileEntry<T>(line, name, profile with { Languages = profile.Languages?.Zip(tags, (skill, tag) => skill with { Language = tag! }).ToList() }, [.. person.Select(field => field.Key)]);
    }
}
