using System.Globalization;

namespace Guildhall.Matching;

/// <summary>Words facts in plain English: facts about both people, without adjectives. Other languages word the same facts from resources.</summary>
public static class MatchWording
{
    /// <summary>One sentence of what a factor compared.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="mentee">How to call the mentee.</param>
    /// <param name="mentor">How to call the mentor.</param>
    /// <returns>A sentence or two, each with its full stop.</returns>
    public static string Sentence(PairFact fact, string mentee, string mentor)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var (words, numbers) = (fact.Words, fact.Numbers);
        return fact.Kind switch
        {
            FactKind.NotKnown => words.Count == 2 ? $"Not known for {mentee} and {mentor}." : $"Not known for {(words[0] == "mentee" ? mentee : mentor)}.",
            FactKind.SameCategory => $"Both sell {Leaf(words[0])}.",
            FactKind.NearCategory => $"{mentee} sells {Leaf(words[0])}, {mentor} sells {Leaf(words[1])}. Both are in {Leaf(words[2])}.",
            FactKind.OtherCategory => $"{mentee} sells {Leaf(words[0])}, {mentor} sells {Leaf(words[1])}.",
            FactKind.Orders => $"{mentee} has {Count(numbers[0], "order")} a week, {mentor} has {Number(numbers[1])}.",
            FactKind.OrdersAgainstTarget => $"{mentee} wants {Count(numbers[0], "order")} a week, {mentor} has {Number(numbers[1])}.",
            FactKind.LevelPassed => $"{mentee} wants {Count(numbers[0], "order")} a week. {mentor} has had {Number(numbers[1])}.",
            FactKind.Stock => Stock(words, numbers, mentee, mentor),
            FactKind.SharedHours => numbers[0] == 0 ? "No shared hours in at least one week." : $"{Count(numbers[0], "shared hour")} a week{Days(words)}.",
            FactKind.Skills => numbers[0] == 0
                ? $"{mentor} covers none of {Count(numbers[1], "need")}."
                : $"{mentor} covers {Number(numbers[0])} of {Count(numbers[1], "need")}: {List(words)}.",
            FactKind.Channels => words.Count == 0 ? "No sales channel in common." : $"Both sell through {List(words)}.",
            FactKind.Industries => words.Count == 0 ? "No industry in common." : $"Both know {List(words)}.",
            FactKind.Style => Lean(numbers, mentee, mentor, "starts from numbers", "starts from experience", "Both start from numbers.", "Both start from experience."),
            FactKind.Contact => Lean(numbers, mentee, mentor, "prefers calls", "prefers messages", "Both prefer calls.", "Both prefer messages."),
            FactKind.Region => words[0] == words[1] ? $"Both are in {Leaf(words[0])}." : $"{mentee} is in {Leaf(words[0])}, {mentor} in {Leaf(words[1])}.",
            FactKind.Answers => $"{mentor} answered {Number(numbers[0])} of {Number(numbers[1])}{(numbers.Count > 2 ? $", last active {Count(numbers[2], "day")} ago" : "")}.",
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };
    }

    /// <summary>One sentence of what to know before accepting.</summary>
    /// <param name="caution">The caution.</param>
    /// <param name="settings">The run's settings, for the names of rules.</param>
    /// <param name="mentee">How to call the mentee.</param>
    /// <param name="mentor">How to call the mentor.</param>
    /// <returns>A sentence with its full stop.</returns>
    public static string Sentence(PairCaution caution, MatchSettings settings, string mentee, string mentor)
    {
        ArgumentNullException.ThrowIfNull(caution);
        var rule = caution.Rule is { } about ? Name(about, settings) : "";
        return caution.Kind switch
        {
            CautionKind.WaiverEndsEarly => $"Waived until {Day(caution.Until)}, before the program ends: {rule}.",
            CautionKind.Waived => $"Waived until {Day(caution.Until)}: {rule}.",
            CautionKind.PreferredRuleBroken => $"Not met: {rule}.",
            CautionKind.RuleNotKnown => $"Not known: {rule}.",
            CautionKind.FewSharedHours when caution.Fact!.Numbers[0] > 0 => $"Only {Count(caution.Fact.Numbers[0], "shared hour")} a week.",
            CautionKind.ClockChange => $"A clock change takes shared hours from {Number(caution.Fact!.Numbers[1])} to {Number(caution.Fact.Numbers[0])} a week.",
            _ => Sentence(caution.Fact!, mentee, mentor),
        };
    }

    /// <summary>One or two sentences of why a mentee has no pair.</summary>
    /// <param name="unmatched">The mentee and the reason.</param>
    /// <param name="settings">The run's settings, for the names of rules.</param>
    /// <returns>Sentences with their full stops.</returns>
    public static string Sentence(UnmatchedMentee unmatched, MatchSettings settings)
    {
        ArgumentNullException.ThrowIfNull(unmatched);
        if (unmatched.Rule is { } rule)
        {
            var most = unmatched.Removed[0];
            return unmatched.Removed.Count == 1
                ? $"No mentor passes the rule: {Name(rule, settings)}."
                : $"No mentor passes all rules. {Name(rule, settings)}: removes {Count(most.Broken, "mentor")}, {Number(most.BrokenAlone)} of them alone.";
        }
        var full = unmatched.PossibleMentors == 1 ? "The one possible mentor is full." : $"All {Number(unmatched.PossibleMentors)} possible mentors are full.";
        return unmatched switch
        {
            { Reason: UnmatchedReason.PlacesTakenByPriority } => $"{full} Their mentees come first by priority.",
            { PlacePrice: { } price, NearestScore: { } score } => $"{full} The nearest place would cost {Points(price)} points elsewhere and bring {Points(score)}.",
            _ => full,
        };
    }

    /// <summary>A rule's name as a statement, with the number it is set to: "At least 2 shared hours a week".</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="settings">The settings it is in.</param>
    /// <returns>A phrase without a full stop.</returns>
    public static string Name(Rule rule, MatchSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Name(settings.Rules.FirstOrDefault(r => r.Rule == rule) ?? new(rule, RuleStrength.Off));
    }

    /// <summary>A rule's name as a statement, with the number it is set to: "At least 2 shared hours a week".</summary>
    /// <param name="rule">The rule as set.</param>
    /// <returns>A phrase without a full stop.</returns>
    public static string Name(RuleSetting rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var parameter = rule.Parameter ?? RuleSetting.DefaultParameter(rule.Rule) ?? 0;
        return rule.Rule switch
        {
            Rule.Capacity => "A mentor with a place",
            Rule.OpenToNew => "A mentor who is open to new mentees",
            Rule.Language => "A language in common",
            Rule.SharedHours => $"At least {Count(parameter, "shared hour")} a week",
            Rule.Tier => "A mentor for the mentee's tier",
            Rule.OneActiveMentor => "One mentor at a time",
            Rule.Barred => "No barred pair",
            Rule.EndedBefore => "No pair that ended before",
            Rule.GroupShare => $"No mentor or group takes over {Number(parameter * 100)}% of mentees",
            Rule.MenteesInRow => $"A pause after {Count(parameter, "mentee")} in a row",
            Rule.SameTrade => "No direct competitors",
            Rule.SharedBrand => "No brand in common",
            Rule.SharedOwner => "No owner in common",
            Rule.SharedSupplier => "No supplier in common",
            Rule.SharedAddress => "No address in common",
            Rule.DeclaredStake => "No declared stake in each other",
            Rule.SameRegion => "Same region",
            Rule.MinimumScore => $"A fit of at least {Number(parameter)}",
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
    }

    /// <summary>A factor's name in a word or two: "Category", "Pace", "Stock".</summary>
    /// <param name="factor">The factor.</param>
    /// <returns>The name.</returns>
    public static string Name(Factor factor) => factor switch
    {
        Factor.Velocity => "Pace",
        Factor.Inventory => "Stock",
        Factor.GrowthTarget => "Goal",
        Factor.Responsiveness => "Answers",
        _ => factor.ToString(),
    };

    static string Leaf(string path) => Plain(path[(path.LastIndexOf('/') + 1)..]);

    static string Plain(string key) => key.Replace('_', ' ').Replace('-', ' ');

    static string Number(double number) => number.ToString("#,0.#", CultureInfo.InvariantCulture);

    static string Count(double number, string what) => $"{Number(number)} {what}{(number == 1 ? "" : "s")}";

    static string Points(long millionths) => (millionths / 10_000m).ToString("0.0", CultureInfo.InvariantCulture);

    static string Day(DateOnly? day) => day?.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture) ?? "";

    static string List(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "",
        1 => Plain(words[0]),
        _ => $"{string.Join(", ", words.Take(words.Count - 1).Select(Plain))} and {Plain(words[^1])}",
    };

    static string Days(IReadOnlyList<string> days) =>
        days.Count == 0 ? "" : $", {string.Join(" and ", days.Select(d => char.ToUpperInvariant(d[0]) + d[1..]))}";

    static string Stock(IReadOnlyList<string> words, IReadOnlyList<double> variants, string mentee, string mentor)
    {
        var parts = words.Select(word => word switch
        {
            "both-made-to-order" => "Both make to order.",
            "both-from-stock" => "Both sell from stock.",
            "made-differently" => "One makes to order, one sells from stock.",
            "both-ship-themselves" => "Both ship themselves.",
            "both-shipped-by-marketplace" => "The marketplace ships for both.",
            _ => "The marketplace ships for one of them.",
        });
        if (variants.Count == 2) parts = parts.Append($"{mentee} has {Count(variants[0], "variant")}, {mentor} {Number(variants[1])}.");
        return string.Join(' ', parts.DefaultIfEmpty("Not comparable from what is known."));
    }

    static string Lean(IReadOnlyList<double> numbers, string mentee, string mentor, string high, string low, string bothHigh, string bothLow)
    {
        const double Clear = 1.0 / 3;
        string Of(double lean) => lean >= Clear ? high : lean <= -Clear ? low : "is in between";
        return (Of(numbers[0]), Of(numbers[1])) switch
        {
            var (a, b) when a == high && b == high => bothHigh,
            var (a, b) when a == low && b == low => bothLow,
            ("is in between", "is in between") => "Both are in between.",
            var (a, b) => $"{mentee} {a}, {mentor} {b}.",
        };
    }
}
