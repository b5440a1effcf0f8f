using Guildhall.Matching;
using Guildhall.Modules.Programs;
using static Guildhall.Modules.Pairing.Phrases;

namespace Guildhall.Modules.Pairing;

/// <summary>A reason of a pair, as the two in it read it.</summary>
public sealed record ReasonLine(string Label, string Text);

/// <summary>
/// Words for sellers why they are paired: what the matcher compared and stored with its run, and nothing worked out anew. How category, channel and goal fit stands there always.
/// The other one's figures are not in it: a seller sees only figures of their own, or that somebody agreed to share.
/// </summary>
static class SellerReasons
{
    static readonly Factor[] always = [Factor.Category, Factor.Channel, Factor.GrowthTarget];

    public static IReadOnlyList<ReasonLine> Of(PairScore score, string mentee, string mentor) =>
    [
        // The orders of a mentor against the goal of a mentee are what the goal says already.
        .. always.Concat(score.Reasons.Where(reason => reason.Fact.Kind != FactKind.OrdersAgainstTarget).Select(reason => reason.Factor).Except(always))
            .Select(factor => new ReasonLine(Label(factor), score.Factors.FirstOrDefault(found => found.Factor == factor) is { } known ? Sentence(known.Fact, mentee, mentor) : "Does not count in this program’s matching.")),
    ];

    /// <summary>The one thing to know: the matcher's caution, or else where the pair fits least.</summary>
    /// <param name="declared">Who declared to compete with whom, for a caution about that.</param>
    public static string ToKnow(PairScore score, MatchSettings settings, string mentee, string mentor, string? declared = null)
    {
        if (score.Caution is { } caution)
        {
            return caution switch
            {
                { Kind: CautionKind.OtherCategory or CautionKind.FewAnswers } => Sentence(caution.Fact!, mentee, mentor),
                { Kind: CautionKind.RuleNotKnown, Rule: Rule.SameTrade } => "Whether you compete was not compared: what you sell, or at what price, is not known of both.",
                { Rule: Rule.DeclaredCompetition } when declared is not null => $"{MatchWording.Sentence(caution, settings, mentee, mentor)} {declared}.",
                _ => MatchWording.Sentence(caution, settings, mentee, mentor),
            };
        }

        return score.Factors.Where(factor => factor.IsKnown && factor.Value < 1).MaxBy(factor => factor.Weight * (1 - factor.Value)) is { } weakest
            ? $"Where you fit least: {Label(weakest.Factor).ToLowerInvariant()}. {Sentence(weakest.Fact, mentee, mentor)}"
            : "Nothing that was compared stands against it.";
    }

    static string Sentence(PairFact fact, string mentee, string mentor)
    {
        var (words, numbers) = (fact.Words, fact.Numbers);
        return fact.Kind switch
        {
            FactKind.Orders => $"{mentor} gets {Against(numbers[1], numbers[0])} orders a week {Than(numbers[1], numbers[0])} {mentee}.",
            FactKind.OrdersAgainstTarget => $"{mentor} gets {Against(numbers[1], numbers[0])} orders a week {Than(numbers[1], numbers[0])} {mentee} aims for.",
            FactKind.LevelPassed => numbers[1] >= numbers[0] ? $"{mentor} has passed the orders a week that {mentee} aims for." : $"{mentor} has not reached the orders a week that {mentee} aims for.",
            FactKind.Skills => words.Count == 0 ? $"{mentor} offers none of what {mentee} needs first." : $"{mentor} can help with {Listed([.. words.Select(skill => Skill.Find(skill)?.Name.ToLowerInvariant() ?? skill)])}.",
            FactKind.Answers => 2 * numbers[0] < numbers[1] ? $"{mentor} does not always find the time to answer." : $"{mentor} mostly answers.",
            // Numbers of variants are figures of a shop.
            FactKind.Stock when numbers.Count > 0 => words.Count == 0 ? "How many variants they sell was compared." : MatchWording.Sentence(fact with { Numbers = [] }, mentee, mentor),
            _ => MatchWording.Sentence(fact, mentee, mentor),
        };
    }

    static string Against(double one, double other) => one > other ? "more" : one < other ? "fewer" : "as many";

    static string Than(double one, double other) => one == other ? "as" : "than";

    public static string Label(Factor factor) => factor switch
    {
        Factor.Category => "What you sell",
        Factor.Channel => "Where you sell",
        Factor.GrowthTarget => "Goal",
        Factor.Velocity => "Pace",
        Factor.Inventory => "Stock",
        Factor.Hours => "Shared hours",
        Factor.Skills => "Help",
        Factor.Industry => "Experience",
        Factor.Style => "Way of deciding",
        Factor.Contact => "Way of talking",
        Factor.Region => "Region",
        Factor.Responsiveness => "Answers",
        _ => MatchWording.Name(factor),
    };
}

/// <summary>Compares what a mentor declared to compete in with what a mentee sells.</summary>
static class CompetitorCheck
{
    public static string Words(IReadOnlyList<string> declared, IReadOnlyList<CategoryShare>? sold, string mentee)
    {
        if (declared.Count == 0) return "You declared no category that you compete in with new shops.";
        if (sold is null or { Count: 0 }) return $"What {mentee} sells is not known, so the categories that you declared could not be compared.";
        List<string> shared = [.. declared.Where(category => sold.Any(one => DeclaredCompetition.IsIn(category, one.Path)))];
        return shared.Count > 0 ? $"You declared that you compete in {Listed(shared)}, and {mentee} sells that. Decline if it could sway your advice."
            : $"{mentee} sells in none of the categories that you declared: {Listed([.. declared])}.";
    }
}
