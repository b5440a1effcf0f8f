using System.Text.RegularExpressions;
using Guildhall.Matching;

namespace Guildhall.Modules.Enrollment;

/// <summary>Languages as people write them, "pt-BR:native; en:working": one rule for the page and for files.</summary>
static partial class LanguageTags
{
    internal const string HowToWrite = "Write languages like pt:native; en:working. Levels are basic, working, fluent and native.";

    /// <returns>Null when it can't be read.</returns>
    internal static IReadOnlyList<LanguageSkill>? Read(string text)
    {
        var skills = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':', StringSplitOptions.TrimEntries)).Select(parts =>
            parts is [var language, var level] && Tag(language) is { } tag && Enum.TryParse<LanguageLevel>(level, ignoreCase: true, out var known) && Enum.IsDefined(known) ? new LanguageSkill(tag, known) : null).ToList();
        return skills.Contains(null) ? null : [.. skills.OfType<LanguageSkill>()];
    }

    internal static string Write(IEnumerable<LanguageSkill> skills) => string.Join("; ", skills.Select(skill => $"{skill.Language}:{skill.Level.ToString().ToLowerInvariant()}"));

    /// <summary>A tag in the letters it is usually written in, such as pt-BR or zh-Hant; null for what is no tag.</summary>
    internal static string? Tag(string text) => Shape().IsMatch(text)
        ? string.Join('-', text.ToLowerInvariant().Split('-').Select((part, at) => (at, part.Length) switch
        {
            ( > 0, 2) => part.ToUpperInvariant(),
            ( > 0, 4) when char.IsAsciiLetter(part[0]) => char.ToUpperInvariant(part[0]) + part[1..],
            _ => part,
        }))
        : null;

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
