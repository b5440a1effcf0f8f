using Guildhall.Modules.Impact;
using Guildhall.Modules.Sellers;

namespace Guildhall.Tests.Impact;

/// <summary>Sellers made by a seeded rule, with an effect of mentoring that the test knows.</summary>
sealed record MadeSellers
{
    public int Mentees { get; init; } = 64;
    public int Others { get; init; } = 300;

    /// <summary>The share by which a mentee sells more from joining on.</summary>
    public double Effect { get; init; }

    /// <summary>For so many periods from joining on; then it is gone.</summary>
    public int EffectLasts { get; init; } = int.MaxValue;

    /// <summary>What is missing in the period before joining.</summary>
    public double Dip { get; init; }

    /// <summary>By how much more mentees grow a period, with or without a mentor.</summary>
    public double Keenness { get; init; }

    /// <summary>By how much better a mentee's reviews are from joining on, in marks; null where the marketplace sends no reviews.</summary>
    public double? BetterReviews { get; init; }

    /// <summary>The country that all mentees are in, and nobody else but three.</summary>
    public string? CountryOfMentees { get; init; }

    /// <summary>Mentees are of the same kinds as the others, as lots make them.</summary>
    public bool IsByLot { get; init; }

    /// <summary>The share of mentees who join in the second period instead of the first.</summary>
    public double Late { get; init; } = 0.4;
    public int Periods { get; init; } = 9;
    public int PeriodsBefore { get; init; } = StudyCalendar.PeriodsBefore;
    public int Seed { get; init; } = 7;
    public double Noise { get; init; } = 0.25;

    static readonly string[] categories = ["books", "home", "toys"];
    static readonly string[] countries = ["DE", "FR"];

    /// <summary>The mentees first. The number of orders a period of 28 days is whole, and an order is 2,500 to 3,500 minor units.</summary>
    public IReadOnlyList<StudySeller> Make()
    {
        var random = new Random(Seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var made = new List<StudySeller>();
        for (var i = 0; i < Mentees + Others; i++)
        {
            var isMentee = i < Mentees;
            var joined = isMentee ? PeriodsBefore + 1 + (i < Late * Mentees ? 1 : 0) : 0;
            // Mentees are more often in books, and books sell and grow more: who doesn't compare by category is wrong.
            var category = random.NextDouble() < (isMentee && !IsByLot ? 0.6 : 0.3) ? 0 : random.Next(1, 3);
            var country = CountryOfMentees is null ? countries[random.Next(2)] : isMentee || i < Mentees + 3 ? CountryOfMentees : countries[random.Next(2)];
            var level = 30 * Math.Exp(0.4 * Normal()) * (category == 0 ? 1.3 : 1);
            var (orders, sales) = (new double[Periods], new double[Periods]);
            for (var t = 1; t <= Periods; t++)
            {
                var pace = level * Math.Pow(category == 0 ? 1.04 : 1.01, t) * (1 + (0.15 * Math.Sin(t))) * Math.Exp(Noise * Normal());
                if (isMentee) pace *= Math.Pow(1 + Keenness, t) * (t >= joined ? t - joined < EffectLasts ? 1 + Effect : 1 : t == joined - 1 ? 1 - Dip : 1);
                orders[t - 1] = Math.Round(pace);
                sales[t - 1] = Math.Round(orders[t - 1] * (2_500 + (1_000 * random.NextDouble())));
            }

            made.Add(new(joined, i, categories[category], country, 0.5 + (3 * random.NextDouble()), sales, orders) { Averages = Averages(i, joined, sales, orders) });
        }

        return made;
    }

    /// <summary>An order's worth is its sales; of one order in three there is a review, about 4 and rising a little for everybody.</summary>
    Dictionary<PanelAverage, AverageParts> Averages(int seller, int joined, double[] sales, double[] orders)
    {
        Dictionary<PanelAverage, AverageParts> made = new() { [PanelAverage.OrderValue] = new(sales, orders) };
        if (BetterReviews is not { } better) return made;
        var random = new Random((Seed * 100_000) + seller);
        var reviews = Array.ConvertAll(orders, number => Math.Floor(number / 3));
        made[PanelAverage.Review] = new([.. reviews.Select((number, t) => number * (3.9 + (0.02 * t) + (0.2 * (random.NextDouble() - 0.5)) + (joined > 0 && t + 1 >= joined ? better : 0)))], reviews);
        return made;
    }

    public Study Study(DateOnly? windowEndsOn = null) => new(new(2026, 11, 1), windowEndsOn ?? new(2026, 10, 1), Mentees, Make(), Periods, PeriodsBefore, 0, 0);
}
