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
                : $"{mentor} covers {Number(numbers[0])} of {Count(numbers[1], "need")}: {List(words)}, at a level of {Number(Math.Round(100 * numbers[2]))}%.",
            FactKind.Channels => words.Count == 0 ? "No sales channel in common." : $"Both sell through {List(words)}{OfAll(numbers, mentee, "uses")}.",
            FactKind.Industries => words.Count == 0 ? "No industry in common." : $"Both know {List(words)}{OfAll(numbers, mentee, "knows")}.",
            FactKind.Style => Lean(numbers, mentee, mentor, "starts from numbers", "starts from experience", "Both start from numbers", "Both start from experience"),
            FactKind.Contact => Lean(numbers, mentee, mentor, "prefers calls", "prefers messages", "Both prefer calls", "Both prefer messages"),
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
            CautionKind.RuleNotKnown => NotKnown(caution.Rule!.Value, rule),
            CautionKind.FewSharedHours when caution.Fact!.Numbers[0] > 0 => $"Only {Count(caution.Fact.Numbers[0], "shared hour")} a week.",
            CautionKind.ClockChange => $"A clock change takes shared hours from {Number(caution.Fact!.Numbers[1])} to {Number(caution.Fact.Numbers[0])} a week.",
            _ => Sentence(caution.Fact!, mentee, mentor),
        };
    }

    /// <summary>One or two sentences of why a mentee has no pair.</summary>
    /// <param name="unmatched">The mentee and the reason.</param>
    /// <param name="run">The run they have no pair in.</param>
    /// <param name="mentee">What is known of the mentee, so that the reason can say it.</param>
    /// <param name="others">A sentence on the mentors whom the rule that removes most lets through; null names the rules they break.</param>
    /// <returns>Sentences with their full stops.</returns>
    public static string Sentence(UnmatchedMentee unmatched, MatchRun run, MenteeProfile mentee, Func<Rule, string>? others = null)
    {
        ArgumentNullException.ThrowIfNull(unmatched);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(mentee);
        if (unmatched.Rule is not null)
        {
            // A rule that every mentor breaks says it all; else the one that removes most, and that there are others.
            var most = unmatched.Removed.FirstOrDefault(removed => removed.Broken == run.Summary.Mentors) ?? unmatched.Removed[0];
            var (said, nobody, some) = Reason(most.Rule, run.Settings, mentee);
            return $"{said}{(most.Broken == run.Summary.Mentors ? nobody : $"{Number(most.Broken)} of {Count(run.Summary.Mentors, "mentor")} {some}{(others is null ? $"; {Rest(most, unmatched.Removed, run)}." : $". {others(most.Rule)}")}")}";
        }
        // Places that a share or a pause keeps closed are not full, and which mentors they are of is not kept with the reason.
        var closing = run.ClosedPlaces == 0 ? [] : run.RotationRules.Select(rule => $"“{Name(rule)}”").ToList();
        var closed = closing.Count == 0 ? "" : $", or closed by {string.Join(" or ", closing)}";
        var full = unmatched.PossibleMentors == 1 ? $"The one possible mentor is full{closed}." : $"All {Number(unmatched.PossibleMentors)} possible mentors are full{closed}.";
        return unmatched switch
        {
            { Reason: UnmatchedReason.PlacesTakenByPriority } => $"{full} Their mentees come first by priority.",
            { PlacePrice: { } price, NearestScore: { } score } => $"{full} {(run.Verdict.WithoutDraw is null ? "The" : "In this draw the")} nearest place would cost {Points(price)} points elsewhere and bring {Points(score)}.",
            _ => full,
        };
    }

    /// <summary>What of a pair breaks a rule: "Shares 1 hour a week, 2 are needed".</summary>
    /// <param name="rule">A rule that the pair breaks.</param>
    /// <param name="settings">The settings it is in.</param>
    /// <param name="mentee">The mentee.</param>
    /// <param name="score">What the pair would score without its rules.</param>
    /// <returns>A phrase without a full stop.</returns>
    public static string Break(Rule rule, MatchSettings settings, MenteeProfile mentee, PairScore score)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(mentee);
        ArgumentNullException.ThrowIfNull(score);
        var parameter = Parameter(Set(rule, settings));
        var hours = score.Factors.FirstOrDefault(factor => factor.Factor == Factor.Hours)?.Fact;
        return rule switch
        {
            Rule.Capacity => "Has no place left",
            Rule.OpenToNew => "Takes nobody new",
            Rule.Language => "No language in common",
            Rule.SharedHours when hours is { Kind: FactKind.SharedHours } => $"Shares {Count(hours.Numbers[0], "hour")} a week, {(parameter == 1 ? "1 is" : $"{Number(parameter)} are")} needed",
            Rule.SharedHours => $"Fewer than {Count(parameter, "shared hour")} a week",
            Rule.Tier => mentee.Tier is { } tier ? $"Does not give the {Plain(tier)} level of help" : "The mentee’s level of help is not known",
            Rule.OneActiveMentor => "The mentee has a mentor already",
            Rule.Barred => "Never to be paired",
            Rule.EndedBefore => "Paired before, and it ended",
            Rule.GroupShare => $"Has {Number(parameter * 100)}% of mentees already, alone or with their group",
            Rule.MenteesInRow => $"Pauses after {Count(parameter, "mentee")} in a row",
            Rule.SameTrade => "Direct competitors",
            Rule.SharedBrand => "A brand in common",
            Rule.SharedOwner => "An owner in common",
            Rule.SharedSupplier => "A supplier in common",
            Rule.SharedAddress => "An address in common",
            Rule.DeclaredStake => "A declared stake in each other",
            Rule.DeclaredCompetition => "One declared to compete in what the other sells",
            Rule.SameRegion => "Not in the same region",
            Rule.MinimumScore => $"Fits less than {Number(parameter)}",
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };
    }

    /// <summary>A language by its English name.</summary>
    /// <param name="tag">Its tag, such as pt-BR.</param>
    /// <returns>The name; the tag itself where no name is known.</returns>
    public static string Language(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    /// <summary>A rule's name as a statement, with the number it is set to: "At least 2 shared hours a week".</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="settings">The settings it is in.</param>
    /// <returns>A phrase without a full stop.</returns>
    public static string Name(Rule rule, MatchSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Name(Set(rule, settings));
    }

    /// <summary>A rule's name as a statement, with the number it is set to: "At least 2 shared hours a week".</summary>
    /// <param name="rule">The rule as set.</param>
    /// <returns>A phrase without a full stop.</returns>
    public static string Name(RuleSetting rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var parameter = Parameter(rule);
        return rule.Rule switch
        {
            Rule.Capacity => "A mentor with a place",
            Rule.OpenToNew => "A mentor who is open to new mentees",
            Rule.Language => "A language in common",
            Rule.SharedHours => $"At least {Count(parameter, "shared hour")} a week",
            Rule.Tier => "A mentor for the mentee’s level of help",
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
            Rule.DeclaredCompetition => "No declared competition",
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

    /// <summary>What is known of a mentee that a rule looks at; then that no mentor passes it, and what most of them do.</summary>
    static (string Said, string Nobody, string Some) Reason(Rule rule, MatchSettings settings, MenteeProfile mentee)
    {
        var parameter = Parameter(Set(rule, settings));
        var languages = (mentee.Languages ?? []).Where(skill => (int)skill.Level >= parameter).Select(skill => Language(skill.Language)).ToList();
        return rule switch
        {
            Rule.Capacity => ("", "No mentor has a place.", "have no place"),
            Rule.OpenToNew => ("", "No mentor takes anybody new.", "take nobody new"),
            Rule.Language when languages.Count > 0 => ($"Speaks {List(languages)}. ", languages.Count == 1 ? "No mentor speaks it." : "No mentor speaks one of them.", $"do not speak {(languages.Count == 1 ? "it" : "one of them")}"),
            Rule.SharedHours when mentee is { WeekHours: { } week, TimeZone: not null } => ($"Free {Spans(week)}. ", $"No mentor shares {Count(parameter, "hour")}.", $"share less than {Count(parameter, "hour")}"),
            Rule.Tier when mentee.Tier is { } tier => ($"Gets the {Plain(tier)} level of help. ", "No mentor gives it.", "do not give it"),
            Rule.OneActiveMentor => ("", "Has a mentor already.", "are one too many"),
            Rule.SameTrade when mentee.Categories is { Count: > 0 } sold => ($"Sells {Leaf(sold.MaxBy(category => category.Share)!.Path)}. ", "Every mentor competes directly.", "compete directly"),
            Rule.SameRegion when mentee.Region is { } region => ($"In {Leaf(region)}. ", "No mentor is.", "are not"),
            Rule.MinimumScore => ("", $"No mentor reaches a fit of {Number(parameter)}.", $"do not reach a fit of {Number(parameter)}"),
            _ => ("", $"No mentor passes the rule: {Name(rule, settings)}.", $"break the rule “{Name(rule, settings)}”"),
        };
    }

    static string NotKnown(Rule rule, string name) => rule switch
    {
        Rule.Language => "Languages are not known.",
        Rule.SharedHours => "Hours are not known.",
        Rule.Tier => "The mentee’s level of help is not known.",
        Rule.SameRegion => "Regions are not known.",
        Rule.SameTrade => "What they sell, or at what price, is not known.",
        _ => $"Not known: {name}.",
    };

    /// <summary>When somebody is free: up to three spans by day, "Monday 14 to 16 and Friday 9 to 11"; of more, only how long.</summary>
    static string Spans(string week)
    {
        var starts = Enumerable.Range(0, WeekGrid.Hours).Where(hour => week[hour] == '1' && (hour % 24 == 0 || week[hour - 1] == '0')).ToList();
        if (starts.Count is 0 or > 3) return $"{Count(week.Count(hour => hour == '1'), "hour")} a week";
        return List([.. starts.Select(start =>
        {
            var (day, from) = (start / 24, start % 24);
            var to = from;
            while (to < 24 && week[(day * 24) + to] == '1') to++;
            return $"{CultureInfo.InvariantCulture.DateTimeFormat.GetDayName((DayOfWeek)((day + 1) % 7))} {from} to {to}";
        })]);
    }

    static RuleSetting Set(Rule rule, MatchSettings settings) => settings.Rules.FirstOrDefault(one => one.Rule == rule) ?? new(rule, RuleStrength.Off);

    static double Parameter(RuleSetting rule) => rule.Parameter ?? RuleSetting.DefaultParameter(rule.Rule) ?? 0;

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
        days.Count == 0 ? "" : days.Count > 2 ? $" on {days.Count} days" : $", {string.Join(" and ", days.Select(d => char.ToUpperInvariant(d[0]) + d[1..]))}";

    /// <summary>Which rules the mentors break whom the first rule lets through.</summary>
    static string Rest(RuleStatistic most, IReadOnlyList<RuleStatistic> removed, MatchRun run)
    {
        const int Named = 3;
        var names = removed.Where(rule => rule != most).Select(rule => $"“{Name(rule.Rule, run.Settings)}”").ToList();
        var others = names.Count > Named ? $"{string.Join(", ", names.Take(Named))} or another rule" : string.Join(" or ", names);
        return run.Summary.Mentors - most.Broken == 1 ? $"the other one breaks {others}" : $"the rest break {others}";
    }

    /// <summary>How many of the mentee's the two have in common, where it isn't all.</summary>
    static string OfAll(IReadOnlyList<double> numbers, string mentee, string does) =>
        numbers[0] < numbers[1] ? $", {Number(numbers[0])} of {Number(numbers[1])} that {mentee} {does}" : "";

    static string Stock(IReadOnlyList<string> words, IReadOnlyList<double> variants, string mentee, string mentor)
    {
        var parts = words.Except(NotKnownOfStock.Keys).Select(word => word switch
        {
            "both-made-to-order" => "Both make to order.",
            "both-from-stock" => "Both sell from stock.",
            "made-differently" => "One makes to order, one sells from stock.",
            "both-ship-themselves" => "Both ship themselves.",
            "both-shipped-by-marketplace" => "The marketplace ships for both.",
            _ => "The marketplace ships for one of them.",
        });
        if (variants.Count == 2) parts = parts.Append($"{mentee} has {Count(variants[0], "variant")}, {mentor} {Number(variants[1])}.");
        var unknown = NotKnownOfStock.Where(part => words.Contains(part.Key)).Select(part => part.Value).ToList();
        if (unknown.Count > 0) parts = parts.Append($"Not known of both: {string.Join(" and ", unknown)}.");
        return string.Join(' ', parts.DefaultIfEmpty("Not comparable from what is known."));
    }

    static readonly Dictionary<string, string> NotKnownOfStock = new()
    {
        ["variants-not-known"] = "how many variants",
        ["making-not-known"] = "whether to order or from stock",
        ["shipping-not-known"] = "who ships",
    };

    static string Lean(IReadOnlyList<double> numbers, string mentee, string mentor, string high, string low, string bothHigh, string bothLow)
    {
        const double Clear = 1.0 / 3;
        string More() => numbers[0] == numbers[1] ? "" : $", {(Math.Abs(numbers[0]) > Math.Abs(numbers[1]) ? mentee : mentor)} more";
        string Of(double lean) => lean >= Clear ? high : lean <= -Clear ? low : "is in between";
        return (Of(numbers[0]), Of(numbers[1])) switch
        {
            var (a, b) when a == high && b == high => $"{bothHigh}{More()}.",
            var (a, b) when a == low && b == low => $"{bothLow}{More()}.",
            ("is in between", "is in between") => "Both are in between.",
            var (a, b) => $"{mentee} {a}, {mentor} {b}.",
        };
    }
}
