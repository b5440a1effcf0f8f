namespace Guildhall.Matching;

/// <summary>Finds what a factor compared, as values; <see cref="FactKind"/> says what each holds.</summary>
sealed class FactFinder(ProfileColumns people)
{
    public PairFact Of(Factor factor, int i, int j, bool isKnown)
    {
        var (mentee, mentor) = (people.Mentees[i], people.Mentors[j]);
        if (!isKnown) return new(FactKind.NotKnown, Missing(factor, mentee, mentor), []);
        return factor switch
        {
            Factor.Category => Category(i, j),
            Factor.Velocity when mentee.TargetOrdersPerWeek is { } target => Numbers(FactKind.OrdersAgainstTarget, target, mentor.OrdersPerWeek!.Value),
            Factor.Velocity => Numbers(FactKind.Orders, mentee.OrdersPerWeek!.Value, mentor.OrdersPerWeek!.Value),
            Factor.Inventory => Stock(mentee, mentor),
            Factor.Hours => new(FactKind.SharedHours, people.Hours.Days(i, j, mentee.TimeZone!), [people.Hours.Fewest(i, j), people.Hours.Most(i, j)]),
            Factor.Skills => Skills(mentee, mentor),
            Factor.Channel => Shared(FactKind.Channels, people.Channels, i, j),
            Factor.GrowthTarget => Numbers(FactKind.LevelPassed, mentee.TargetOrdersPerWeek!.Value, mentor.PassedOrdersPerWeek!.Value),
            Factor.Industry => Shared(FactKind.Industries, people.Industries, i, j),
            Factor.Style => Numbers(FactKind.Style, mentee.Style!.Value, mentor.Style!.Value),
            Factor.Contact => Numbers(FactKind.Contact, mentee.Contact!.Value, mentor.Contact!.Value),
            Factor.Region => new(FactKind.Region, [mentee.Region!, mentor.Region!], []),
            Factor.Responsiveness => new(FactKind.Answers, [], [mentor.Answered ?? 0, mentor.Asked ?? 0, .. mentor.DaysSinceActive is { } days ? new double[] { days } : []]),
            _ => throw new ArgumentOutOfRangeException(nameof(factor)),
        };
    }

    static PairFact Numbers(FactKind kind, params double[] numbers) => new(kind, [], numbers);

    static PairFact Shared(FactKind kind, SetColumns sets, int i, int j) =>
        new(kind, sets.Common(i, j), [sets.CountCommon(i, j), sets.MenteeSize(i)]);

    PairFact Category(int i, int j)
    {
        var (mentee, mentor) = people.Categories.NearestLeaves(i, j);
        if (mentee.Path == mentor.Path) return new(FactKind.SameCategory, [mentee.Path], [mentee.Share, mentor.Share]);
        return PathTree.CommonBranch(mentee.Path, mentor.Path) is { Length: > 0 } branch
            ? new(FactKind.NearCategory, [mentee.Path, mentor.Path, branch], [])
            : new(FactKind.OtherCategory, [people.Categories.MenteeMain[i]!, people.Categories.MentorMain[j]!], []);
    }

    static PairFact Stock(MenteeProfile mentee, MentorProfile mentor)
    {
        var words = new List<string>();
        if (mentee.IsMadeToOrder is { } made && mentor.IsMadeToOrder is { } mentorMade)
            words.Add(made != mentorMade ? "made-differently" : made ? "both-made-to-order" : "both-from-stock");
        else words.Add("making-not-known");
        if (mentee.IsShippedByMarketplace is { } shipped && mentor.IsShippedByMarketplace is { } mentorShipped)
            words.Add(shipped != mentorShipped ? "shipped-differently" : shipped ? "both-shipped-by-marketplace" : "both-ship-themselves");
        else words.Add("shipping-not-known");
        double[] variants = (mentee.Variants ?? mentee.Listings) is { } a && (mentor.Variants ?? mentor.Listings) is { } b ? [a, b] : [];
        if (variants.Length == 0) words.Add("variants-not-known");
        return new(FactKind.Stock, words, variants);
    }

    static PairFact Skills(MenteeProfile mentee, MentorProfile mentor)
    {
        var levels = mentor.Strengths!.GroupBy(s => s.Skill).ToDictionary(s => s.Key, s => s.Max(x => x.Level));
        var needs = mentee.Needs!.GroupBy(n => n.Skill).Select(n => (Skill: n.Key, Urgency: n.Sum(x => x.Urgency))).ToArray();
        var covered = needs.Where(n => levels.GetValueOrDefault(n.Skill) >= 0.5).OrderByDescending(n => n.Urgency).ThenBy(n => n.Skill, StringComparer.Ordinal).ToArray();
        var level = covered.Length == 0 ? 0 : covered.Sum(n => n.Urgency * levels[n.Skill]) / covered.Sum(n => n.Urgency);
        return new(FactKind.Skills, [.. covered.Select(n => n.Skill)], [covered.Length, needs.Length, level]);
    }

    static string[] Missing(Factor factor, MenteeProfile mentee, MentorProfile mentor)
    {
        var (menteeKnown, mentorKnown) = factor switch
        {
            Factor.Category => (mentee.Categories is { Count: > 0 }, mentor.Categories is { Count: > 0 }),
            Factor.Velocity => ((mentee.TargetOrdersPerWeek ?? mentee.OrdersPerWeek) is not null, mentor.OrdersPerWeek is not null),
            // Where each has a part that the other hasn't, both lack something.
            Factor.Inventory => (HasStock(mentee) && !HasStock(mentor), HasStock(mentor) && !HasStock(mentee)),
            Factor.Hours => (HasHours(mentee), HasHours(mentor)),
            Factor.Skills => (mentee.Needs is { Count: > 0 }, mentor.Strengths is { Count: > 0 }),
            Factor.Channel => (mentee.Channels is { Count: > 0 }, mentor.Channels is { Count: > 0 }),
            Factor.GrowthTarget => (mentee.TargetOrdersPerWeek is not null, mentor.PassedOrdersPerWeek is not null),
            Factor.Industry => (mentee.Industries is { Count: > 0 }, mentor.Industries is { Count: > 0 }),
            Factor.Style => (mentee.Style is not null, mentor.Style is not null),
            Factor.Contact => (mentee.Contact is not null, mentor.Contact is not null),
            Factor.Region => (mentee.Region is not null, mentor.Region is not null),
            Factor.Responsiveness => (true, false),
            _ => throw new ArgumentOutOfRangeException(nameof(factor)),
        };
        return [.. menteeKnown ? [] : new[] { "mentee" }, .. mentorKnown ? [] : new[] { "mentor" }];
    }

    static bool HasStock(Participant p) => (p.Variants ?? p.Listings) is not null || p.IsMadeToOrder is not null || p.IsShippedByMarketplace is not null;

    static bool HasHours(Participant p) => p is { WeekHours: not null, TimeZone: not null };
}
