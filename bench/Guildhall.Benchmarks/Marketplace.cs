using Guildhall.Matching;

namespace Guildhall.Benchmarks;

/// <summary>
/// An invented marketplace of profiles for measurements: every figure is known for most people, weeks and figures are nearly all different, categories,
/// languages and places are as uneven as on a real one. The same seed gives the same people.
/// </summary>
internal sealed class Marketplace(int seed)
{
    static readonly string[] Leaves = [.. from root in Enumerable.Range(0, 8) from branch in Enumerable.Range(0, 5) from leaf in Enumerable.Range(0, 4) select $"r{root}/b{branch}/l{leaf}"];
    static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    static readonly string[] Zones = ["America/Sao_Paulo", "America/Manaus", "America/New_York", "Europe/Lisbon", "Europe/Berlin", "Europe/Warsaw"];
    static readonly string[] Languages = ["pt", "en", "es", "de", "pl", "fr"];
    static readonly string[] Regions = [.. from country in Enumerable.Range(0, 6) from state in Enumerable.Range(0, 9) select $"C{country}/S{state}"];
    static readonly string[] Skills = ["photos", "pricing", "stock", "advertising", "returns", "service", "listings", "abroad", "brand", "tax"];
    static readonly string[] Channels = ["marketplace", "own-shop", "social", "fairs", "wholesale"];
    static readonly string[] Industries = ["fashion", "food", "print", "software", "crafts", "logistics", "beauty", "electronics"];

    readonly Random chance = new(seed);

    public static MatchInput Make(int mentees, int mentors, int seed = 1)
    {
        var made = new Marketplace(seed);
        return new(
            [.. Enumerable.Range(0, mentees).Select(made.Mentee)],
            [.. Enumerable.Range(0, mentors).Select(made.Mentor)],
            new() { ProgramStart = new(2026, 9, 7), ProgramWeeks = 13 });
    }

    MenteeProfile Mentee(int n) => Anybody(new MenteeProfile
    {
        Id = $"e{n}",
        Needs = [.. Some(Skills, 1, 3).Select(skill => new SkillNeed(skill, Step(0.25, 1, 4)))],
        TargetOrdersPerWeek = Often(() => Uneven(8)),
        Tier = chance.Next(4) == 0 ? "light" : "standard",
        Priority = (byte)(chance.Next(5) == 0 ? 1 : 0),
    }, orders: 2);

    MentorProfile Mentor(int n) => Anybody(new MentorProfile
    {
        Id = $"r{n}",
        Capacity = chance.Next(1, 9),
        IsOpenToNew = chance.Next(20) > 0,
        Strengths = [.. Some(Skills, 2, 6).Select(skill => new SkillStrength(skill, chance.NextDouble()))],
        PassedOrdersPerWeek = Often(() => Uneven(60)),
        Tiers = chance.Next(3) == 0 ? ["standard"] : null,
        Asked = 20,
        Answered = chance.Next(8, 21),
        DaysSinceActive = chance.Next(40),
    }, orders: 30);

    T Anybody<T>(T person, double orders)
        where T : Participant
    {
        var home = Math.Min(chance.Next(6), chance.Next(6));
        var low = (int)Uneven(20) + 1;
        return person with
        {
            Categories = [.. Enumerable.Range(0, chance.Next(1, 5)).Select(_ => Leaves[(int)(Leaves.Length * chance.NextDouble() * chance.NextDouble())]).Distinct().Select(leaf => new CategoryShare(leaf, chance.Next(1, 20)))],
            Listings = (int)Uneven(40) + 1,
            PriceBand = new(low, low + chance.Next(1, 30)),
            OrdersPerWeek = Uneven(orders),
            IsMadeToOrder = chance.Next(3) == 0,
            IsShippedByMarketplace = chance.Next(2) == 0,
            Channels = [.. Some(Channels, 1, 3)],
            Region = Regions[home * 9 + chance.Next(9)],
            Languages = [new(Languages[home], LanguageLevel.Native), .. chance.Next(3) == 0 ? new[] { new LanguageSkill(Languages[(home + 1) % 6], (LanguageLevel)chance.Next(1, 4)) } : []],
            TimeZone = Zones[home],
            WeekHours = WeekGrid.Parse(string.Join("; ", Enumerable.Range(0, chance.Next(2, 6)).Select(_ => Span()))),
            Style = Often(() => Step(-1, 1, 8)),
            Contact = Often(() => Step(-1, 1, 8)),
            Industries = chance.Next(2) == 0 ? [.. Some(Industries, 1, 2)] : null,
            Brands = chance.Next(50) == 0 ? [$"brand {chance.Next(400)}"] : null,
            Suppliers = chance.Next(20) == 0 ? [$"supplier {chance.Next(800)}"] : null,
        };
    }

    string Span()
    {
        var from = chance.Next(7, 20);
        return $"{Days[chance.Next(Days.Length)]} {from}-{Math.Min(24, from + chance.Next(2, 6))}";
    }

    /// <summary>Log-normal about a middle: few great, many small.</summary>
    double Uneven(double middle) => middle * Math.Exp(1.2 * Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble()));

    double Step(double from, double to, int steps) => from + (to - from) * chance.Next(steps + 1) / steps;

    double? Often(Func<double> value) => chance.Next(10) == 0 ? null : value();

    string[] Some(string[] from, int least, int most) => [.. from.OrderBy(_ => chance.Next()).Take(chance.Next(least, most + 1))];
}
