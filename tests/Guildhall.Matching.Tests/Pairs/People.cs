namespace Guildhall.Matching.Tests.Pairs;

/// <summary>People and settings for tests.</summary>
static class People
{
    public static readonly DateOnly Autumn = new(2026, 9, 7);

    /// <summary>Settings with every rule off but the two that always hold, and one factor that counts.</summary>
    public static MatchSettings Only(Factor factor, params RuleSetting[] rules) => new()
    {
        ProgramStart = Autumn,
        ProgramWeeks = 4,
        Rules = rules,
        Weights = new Dictionary<Factor, int> { [factor] = 100 },
    };

    public static MatchSettings Defaults => new() { ProgramStart = Autumn };

    public static MenteeProfile Mentee(string id = "ana") => new() { Id = id };

    public static MentorProfile Mentor(string id = "ruth", int capacity = 1) => new() { Id = id, Capacity = capacity };

    public static PreparedMatch Prepared(MenteeProfile mentee, MentorProfile mentor, MatchSettings settings) =>
        Matcher.Prepare(new([mentee], [mentor], settings), TestContext.Current.CancellationToken).Required;

    /// <summary>A random small marketplace. Everything may be missing.</summary>
    public static MatchInput Random(int seed, int mentees, int mentors)
    {
        var chance = new Random(seed);
        // Drawn apart, so that everything else of a seed stays as it was.
        var declared = new Random(seed + 1_000_000);
        string[] leaves = ["home/kitchen/tableware", "home/kitchen/knives", "home/garden", "toys/wood", "toys/games"];
        string[] zones = ["America/Sao_Paulo", "Europe/Lisbon", "Asia/Kolkata"];
        string[] skills = ["photos", "pricing", "stock"];
        T? Maybe<T>(Func<T> value) where T : struct => chance.Next(4) == 0 ? null : value();
        T? MaybeRef<T>(Func<T> value) where T : class => chance.Next(4) == 0 ? null : value();
        string Pick(params string[] from) => from[chance.Next(from.Length)];

        T Common<T>(T person)
            where T : Participant
        {
            var low = chance.Next(1, 60);
            return person with
            {
                Categories = MaybeRef<IReadOnlyList<CategoryShare>>(() => [.. leaves.Where(_ => chance.Next(3) == 0).Append(leaves[chance.Next(leaves.Length)]).Distinct().Select(l => new CategoryShare(l, chance.Next(1, 10)))]),
                Listings = Maybe(() => chance.Next(1, 500)),
                PriceBand = MaybeRef(() => new PriceBand(low, low + chance.Next(0, 20))),
                OrdersPerWeek = Maybe(() => Math.Pow(2, chance.NextDouble() * 8 - 2)),
                IsMadeToOrder = Maybe(() => chance.Next(2) == 0),
                Channels = MaybeRef<IReadOnlyList<string>>(() => [Pick("market", "shop", "social"), Pick("market", "shop", "social")]),
                Region = MaybeRef(() => Pick("BR/SP", "BR/RJ", "PT/Lisboa")),
                Languages = MaybeRef<IReadOnlyList<LanguageSkill>>(() => [new("pt", (LanguageLevel)chance.Next(1, 5)), new("en", (LanguageLevel)chance.Next(1, 5))]),
                TimeZone = MaybeRef(() => Pick(zones)),
                WeekHours = MaybeRef(() => WeekGrid.Parse($"{Pick("mon", "tue", "wed,thu", "sat")} {chance.Next(7, 12)}-{chance.Next(13, 22)}")),
                Style = Maybe(() => chance.NextDouble() * 2 - 1),
                Contact = Maybe(() => chance.NextDouble() * 2 - 1),
                Owner = chance.Next(12) == 0 ? "same-owner" : null,
                Brands = chance.Next(8) == 0 ? ["brand"] : null,
                CompetesIn = declared.Next(6) == 0 ? [declared.Next(2) == 0 ? "Kitchen" : "toys/games"] : null,
            };
        }

        return new(
            [.. Enumerable.Range(0, mentees).Select(n => Common(new MenteeProfile
            {
                Id = $"e{n}",
                Needs = MaybeRef<IReadOnlyList<SkillNeed>>(() => [new(Pick(skills), 1), new(Pick(skills), 0.5)]),
                TargetOrdersPerWeek = Maybe(() => chance.Next(1, 40) / 2.0),
                Tier = MaybeRef(() => Pick("standard", "light")),
                Priority = (byte)(chance.Next(3) == 0 ? chance.Next(8) : 0),
                CurrentMentorId = chance.Next(12) == 0 ? "earlier" : null,
            }))],
            [.. Enumerable.Range(0, mentors).Select(n => Common(new MentorProfile
            {
                Id = $"r{n}",
                Capacity = chance.Next(4),
                IsOpenToNew = chance.Next(10) > 0,
                Strengths = MaybeRef<IReadOnlyList<SkillStrength>>(() => [.. skills.Select(s => new SkillStrength(s, chance.NextDouble()))]),
                PassedOrdersPerWeek = Maybe(() => chance.Next(1, 100) / 1.0),
                Tiers = chance.Next(2) == 0 ? ["standard"] : null,
                Asked = 10,
                Answered = chance.Next(11),
            }))],
            new()
            {
                ProgramStart = Autumn,
                ProgramWeeks = chance.Next(1, 14),
                CandidatesPerMentee = chance.Next(1, 3),
                Objective = chance.Next(3) == 0 ? AssignmentObjective.Score : AssignmentObjective.MatchedFirst,
                Seed = seed,
                Rules = [.. RuleSetting.Defaults.Where(r => r.Rule != Rule.GroupShare).Select(r => r with { Strength = Strength(r.Rule, chance), PenaltyPoints = chance.Next(0, 30), UnknownBlocks = chance.Next(4) == 0 })],
            });
    }

    static RuleStrength Strength(Rule rule, Random chance)
    {
        RuleStrength[] lawful = [.. Enum.GetValues<RuleStrength>().Where(s => RuleSetting.Allows(rule, s))];
        return lawful[chance.Next(lawful.Length)];
    }
}
