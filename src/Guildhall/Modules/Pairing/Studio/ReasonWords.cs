using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform.Ui;
using static Guildhall.Modules.Pairing.Phrases;

namespace Guildhall.Modules.Pairing;

/// <summary>Words why a mentee has this mentor or none, and what another choice would do.</summary>
static class ReasonWords
{
    public static UnmatchedLine UnmatchedLine(UnmatchedMentee mentee, OpenMatch match, NameBook names, StudioQuery query)
    {
        var named = names[mentee.MenteeId];
        return new UnmatchedLine(
            named.Person, named.Shop, $"{match.Reason(mentee)}{DeclaredWords.OfUnmatched(mentee, match, names)}",
            new Link(mentee.PossibleMentors == 0 ? "See every mentor and what stands between" : "See what each place would cost", $"{query.Run}/mentees/{StudioPairs.HtmlId(mentee.MenteeId)}"),
            match.Waivable(mentee) is var (mentor, conflict) ? new Link($"Sign a waiver for {names[mentor].Person}", EditRules.WaiverHref(query.Studio, mentee.MenteeId, mentor, conflict)) : null);
    }

    /// <summary>Why a mentee has no mentor. Where the rule that stands against most leaves mentors over, what stands against those, in numbers.</summary>
    public static string Reason(UnmatchedMentee unmatched, OpenMatch match, MenteeProfile mentee) =>
        MatchWording.Sentence(unmatched, match.Run, mentee, most =>
        {
            var rest = match.Input.Mentors.Select(mentor => match.Prepared.WhyNot(mentee.Id, mentor.Id).Blocks).Where(blocks => !blocks.Contains(most)).ToList();
            var counts = rest.SelectMany(blocks => blocks).CountBy(rule => rule).OrderByDescending(rule => rule.Value).ThenBy(rule => rule.Key)
                .Select(rule => (Count: rule.Value, Words: Stands(rule.Key, rule.Value, match.Run.Settings)));
            return rest.Count == 1 ? $"The other one {Listed([.. counts.Select(rule => rule.Words)])}." : $"Of the other {Count(rest.Count)}, {Listed([.. counts.Select(rule => $"{Count(rule.Count)} {rule.Words}")])}.";
        });

    /// <summary>What mentors do who break a rule: "has a declared stake", "have a declared stake".</summary>
    static string Stands(Rule rule, int count, MatchSettings settings)
    {
        string Verb(string one, string many) => count == 1 ? one : many;
        var number = settings.Rules.FirstOrDefault(set => set.Rule == rule)?.Parameter ?? RuleSetting.DefaultParameter(rule) ?? 0;
        return rule switch
        {
            Rule.Capacity => $"{Verb("has", "have")} no place left",
            Rule.OpenToNew => $"{Verb("takes", "take")} nobody new",
            Rule.Language => $"{Verb("has", "have")} no language in common with them",
            Rule.SharedHours => string.Create(CultureInfo.InvariantCulture, $"{Verb("shares", "share")} less than {number:0.#} {(number == 1 ? "hour" : "hours")} a week"),
            Rule.Tier => $"{Verb("does", "do")} not give their level of help",
            Rule.OneActiveMentor => $"would be {Verb("a second mentor", "second mentors")}",
            Rule.Barred => $"{Verb("is", "are")} never to be paired with them",
            Rule.EndedBefore => $"{Verb("was", "were")} paired with them before, and it ended",
            Rule.GroupShare => $"{Verb("has", "have")} a full share of mentees",
            Rule.MenteesInRow => $"{Verb("pauses", "pause")} after mentees in a row",
            Rule.SameTrade => $"{Verb("competes", "compete")} directly",
            Rule.SharedBrand => $"{Verb("has", "have")} a brand in common",
            Rule.SharedOwner => $"{Verb("has", "have")} an owner in common",
            Rule.SharedSupplier => $"{Verb("has", "have")} a supplier in common",
            Rule.SharedAddress => $"{Verb("has", "have")} an address in common",
            Rule.DeclaredStake => $"{Verb("has", "have")} a declared stake",
            Rule.DeclaredCompetition => "would compete by what was declared",
            Rule.SameRegion => $"{Verb("is", "are")} in another region",
            _ => string.Create(CultureInfo.InvariantCulture, $"{Verb("fits", "fit")} less than {number:0.#}"),
        };
    }

    /// <summary>What choosing a pair would cost the whole, and who would lose or change their mentor.</summary>
    public static string Cost(WhyNotAnswer answer, NameBook names)
    {
        if (answer.Cost is not { } cost) return answer.PinnedTo is { } pinned ? OneStop($"Kept with {names[pinned].Person}.") : "";
        var matched = cost.MatchedChange == 0 ? "" : $"With it {MoreMatched(cost.MatchedChange)}. ";
        return $"{matched}{Moved(cost, names)}It {AverageFit(cost.MatchedBefore, cost.TotalBefore, cost.MatchedAfter, cost.TotalAfter)}.";
    }

    /// <summary>What another mentor would bring a mentee, and the one thing it would do to others.</summary>
    public static string Difference(Alternative other, PairScore own, string mentee, WhyNotAnswer answer, MatchSettings settings, NameBook names)
    {
        var gain = Points.Difference(own.Points, other.Score.Points);
        var most = other.LosesMostIn is { } factor ? $", most in {MatchWording.Name(factor).ToLowerInvariant()}" : other.LosesMostTo is { } rule ? $", most by the rule “{MatchWording.Name(rule, settings)}”" : "";
        var fits = gain switch
        {
            0 => "Fits as well.",
            > 0 => $"{PointsMoreOrLess(gain)} more for {mentee}.",
            _ => $"{PointsMoreOrLess(-gain)} less for {mentee}{most}.",
        };
        var others = answer switch
        {
            { Cost: { } cost } => Moved(cost, names).TrimEnd(),
            { PinnedTo: { } pinned } => OneStop($"{mentee} is kept with {names[pinned].Person}."),
            _ => "Has kept pairs in every place.",
        };
        return others.Length > 0 ? $"{fits} {others}" : other.HasFreePlace ? $"{fits} Has a free place." : fits;

        static string PointsMoreOrLess(decimal points) => Plural((long)points, "point");
    }

    /// <summary>Who would lose their mentor by a change, or else how many would get another.</summary>
    static string Moved(PlanChange change, NameBook names)
    {
        var others = change.Moves.Skip(1).ToList();
        return others.Find(move => move.ToMentorId is null) is { } lost ? $"{names[lost.MenteeId].Person} would lose their place{(others.Count == 1 ? "" : others.Count == 2 ? ", and 1 other would get another mentor" : $", and {Count(others.Count - 1)} others would get another mentor")}. "
            : others.Count switch { 0 => "", 1 => $"{names[others[0].MenteeId].Person} would get another mentor. ", var count => $"{Count(count)} others would get another mentor. " };
    }

    /// <summary>How likely a drawn pair was; null where nothing was drawn, or the pair was never in question.</summary>
    public static string? Odds(MatchedPair pair, MatchSettings settings) => pair.Odds is not (> 0 and < 1) || settings.NearTies is not { } ties
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"Near ties are drawn by lot: this pair came out in {100 * pair.Odds:0.#}% of {ties.Draws + 1:N0} draws.");

    /// <summary>What a run would be without one of its pairs.</summary>
    public static string IfRemoved(IfRemovedAnswer answer, NameBook names)
    {
        var change = answer.Change;
        var matched = change.MatchedChange == 0 ? "" : $"Without it {MoreMatched(change.MatchedChange)}. ";
        if (change.MatchedAfter == 0) return "Without it nobody is matched.";
        var mentor = names[answer.MentorId].FirstName;
        var place = answer.OfferedMenteeId is { } id ? $"{mentor} would be offered {names[id].Person} ({Points.Whole(Points.Of(answer.OfferedScore!.Value))})." : $"{mentor}’s place would stay empty.";
        return $"{matched}Removing this pair {AverageFit(change.MatchedBefore, change.TotalBefore, change.MatchedAfter, change.TotalAfter)}. {place}";
    }
}
