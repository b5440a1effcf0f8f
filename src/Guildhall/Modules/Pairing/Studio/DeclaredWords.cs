using Guildhall.Matching;
using static Guildhall.Modules.Pairing.Phrases;

namespace Guildhall.Modules.Pairing;

/// <summary>Words for a declared category that stands between two people: who declared what.</summary>
static class DeclaredWords
{
    const int PeopleShown = 3;

    /// <summary>"Ruth declared that they compete in Kitchen"; null where nobody's declaration touches the other.</summary>
    public static string? Of(MenteeProfile? mentee, MentorProfile? mentor, string menteeName, string mentorName)
    {
        if (mentee is null || mentor is null || DeclaredCompetition.Between(mentee, mentor) is not { Count: > 0 } met) return null;
        return string.Join(" and ", met.GroupBy(one => one.IsByMentor).Select(side => $"{(side.Key ? mentorName : menteeName)} declared that they compete in {Listed([.. side.Select(one => one.Category)])}"));
    }

    /// <summary>The same of two people of a run, with their first names.</summary>
    public static string? Of(string menteeId, string mentorId, OpenMatch match, NameBook names)
    {
        var (mentee, mentor) = CalledApart.Of(names[menteeId], names[mentorId]);
        return Of(match.Mentee(menteeId), match.Mentor(mentorId), mentee, mentor);
    }

    /// <summary>What a rule that a pair breaks means for these two: of a declaration, who declared what.</summary>
    public static string Break(Rule rule, MenteeProfile mentee, string mentorId, PairScore score, OpenMatch match, NameBook names) =>
        (rule == Rule.DeclaredCompetition ? Of(mentee.Id, mentorId, match, names) : null) ?? MatchWording.Break(rule, match.Run.Settings, mentee, score);

    /// <summary>The matcher's caution, with who declared what where it is about that.</summary>
    public static string? Caution(MatchedPair pair, OpenMatch match, NameBook names)
    {
        if (pair.Score.Caution is not { } caution) return null;
        var (mentee, mentor) = CalledApart.Of(names[pair.MenteeId], names[pair.MentorId]);
        var words = MatchWording.Sentence(caution, match.Run.Settings, mentee, mentor);
        return caution.Rule == Rule.DeclaredCompetition && Of(pair.MenteeId, pair.MentorId, match, names) is { } declared ? $"{words} {declared}." : words;
    }

    /// <summary>Whose declarations stand against a mentee without a mentor, the first of them by name, to be put after the reason; empty where none does.</summary>
    public static string OfUnmatched(UnmatchedMentee unmatched, OpenMatch match, NameBook names)
    {
        if (!unmatched.Removed.Any(removed => removed.Rule == Rule.DeclaredCompetition) || match.Mentee(unmatched.MenteeId) is not { } mentee) return "";
        List<string> declared = [.. match.Input.Mentors.Select(mentor => Of(mentee, mentor, names[mentee.Id].FirstName, names[mentor.Id].Person)).OfType<string>().Distinct()];
        return declared.Count == 0 ? "" : $" {string.Join("; ", declared.Take(PeopleShown))}{(declared.Count > PeopleShown ? $"; and {Plural(declared.Count - PeopleShown, "other")}" : "")}.";
    }
}
