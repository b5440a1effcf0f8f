using Guildhall.Matching;

namespace Guildhall.Platform;

/// <summary>Languages as people read them: "pt-BR" is "Portuguese (Brazil)".</summary>
static class LanguageNames
{
    // Anything of the shape of a tag is a culture to the system, also one that it knows no name for; a longer word is a name already.
    const int LongestLanguage = 3;

    /// <returns>The tag itself where no name is known.</returns>
    public static string Of(string tag) => tag.Split('-')[0].Length > LongestLanguage ? tag : MatchWording.Language(tag);
}
