using System.Text.RegularExpressions;
using Guildhall.Matching;
using Guildhall.Platform;

namespace Guildhall.Modules.Enrollment;

/// <summary>Languages as people write them, "pt-BR:native; en:working": one rule for the page and for files.</summary>
static partial class LanguageTags
{
    internal const string HowToWrite = "Write languages like pt:native; en:working. Levels are basic, working, fluent and native.";

    // ISO 639-1 gives two letters to these, and to no further ones since 2021. Three letters may be any of thousands.
    const string TwoLetters = """
        aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
        ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi
        pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
        """;

    static readonly HashSet<string> twoLetters = [.. TwoLetters.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Whether a tag begins with a language that there may be: of two letters one that the standard knows.</summary>
    internal static bool MayBe(string tag) => tag.Split('-')[0] is var language && (language.Length != 2 || twoLetters.Contains(language));

    /// <summary>The languages of two letters that have a name to choose them by, in the order of the names.</summary>
    internal static IReadOnlyList<string> Named { get; } = [.. twoLetters.Where(tag => LanguageNames.Of(tag).Length > tag.Length && !LanguageNames.Of(tag).Contains('(', StringComparison.Ordinal)).OrderBy(LanguageNames.Of, StringComparer.Ordinal)];

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
