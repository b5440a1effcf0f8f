namespace Guildhall.Matching;

/// <summary>
/// The language that a tag names, whatever the country: people who speak en-US and en-GB understand each other. A script tells apart only where it goes with another way
/// of writing and, mostly, another speech: zh-Hans and zh-Hant. Where a tag of Chinese says neither script nor country, both are meant.
/// </summary>
static class SpokenLanguage
{
    static readonly string[] Traditional = ["hant", "tw", "hk", "mo"];

    /// <summary>The languages that a tag means.</summary>
    /// <returns>"en" of "en-GB", "zh-Hant" of "zh-TW"; of "zh" the two of Chinese.</returns>
    public static IEnumerable<string> Of(string tag)
    {
        var parts = tag.ToLowerInvariant().Split('-');
        if (parts[0] is not "zh") return [parts[0]];
        if (parts.Length == 1) return ["zh-Hans", "zh-Hant"];
        // A script stands before a country and decides: zh-Hans-HK.
        return [Array.IndexOf(parts, "hans") < 0 && Traditional.Intersect(parts).Any() ? "zh-Hant" : "zh-Hans"];
    }

    /// <summary>What somebody speaks at a level or better, each language once.</summary>
    public static IEnumerable<string> Of(Participant person, LanguageLevel least) =>
        (person.Languages ?? []).Where(skill => skill.Level >= least).SelectMany(skill => Of(skill.Language)).Distinct();
}
