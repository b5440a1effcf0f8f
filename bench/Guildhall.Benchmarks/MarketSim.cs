using Guildhall.Evidence;
using Guildhall.Evidence.Numerics;

namespace Guildhall.Benchmarks;

/// <summary>
/// MarketSim 1: a seeded marketplace in which the true effect of joining is known. Keen sellers join more often and sell more, listing quality drives both and growth, seasons differ by category, and in some scenarios
/// sellers join after a bad month or keen sellers grow faster. Every number is a pure function of (seed, stream, seller, month), so neither the order of calls nor the number of sellers changes any.
/// </summary>
internal sealed class MarketSim
{
    public const int Months = 18;

    static readonly double[] seasons = [0.05, 0.15, 0.25, 0.35];

    /// <summary>The scale of the effect, the dip in the month before joining, and how much faster keen sellers grow a month.</summary>
    public sealed record Scenario(string Name, double Effect, double Dip, double KeenTrend)
    {
        public static Scenario NoDip { get; } = new("A_no_dip", 0.20, 0, 0);

        public static Scenario BadMonthBefore { get; } = new("B_dip", 0.20, 0.30, 0);

        public static Scenario NoEffect { get; } = new("C_dip_no_effect", 0, 0.30, 0);

        public static Scenario KeenGrowFaster { get; } = new("D_keen_trend", 0.20, 0, 0.008);
    }

    MarketSim(int sellers)
    {
        (Joined, Quality, Category) = (new int[sellers], new double[sellers], new int[sellers]);
        (LogRevenue, Untreated, Revenue) = (new double[sellers * Months], new double[sellers * Months], new double[sellers * Months]);
    }

    /// <summary>The month of joining, 5 … 12; 0 for never.</summary>
    public int[] Joined { get; }

    public double[] Quality { get; }

    public int[] Category { get; }

    /// <summary>Seller after seller, eighteen months each; so the two below.</summary>
    public double[] LogRevenue { get; }

    /// <summary>What the logarithm would have been without joining.</summary>
    public double[] Untreated { get; }

    public double[] Revenue { get; }

    /// <summary>What the product sees: quality, and a column for each category but the first.</summary>
    public double[][] Covariates => [Quality, .. Enumerable.Range(1, 3).Select(category => Array.ConvertAll(Category, c => c == category ? 1.0 : 0))];

    public OutcomePanel Panel => OutcomePanel.Of(Months, LogRevenue, Joined, Covariates).Required;

    public MoneyPanel Money => MoneyPanel.Of(Months, Revenue, Joined, Covariates).Required;

    public static MarketSim Make(ulong seed, int sellers, Scenario scenario)
    {
        var market = new MarketSim(sellers);
        for (var i = 0; i < sellers; i++) market.Fill(seed, i, scenario);
        return market;
    }

    /// <summary>The true effect in month t of who joined in month g.</summary>
    public static double TrueEffect(double scale, int g, int t) => scale * (1 - Math.Exp(-(t - g + 1) / 3.0)) * (1.3 - 0.06 * (g - 5));

    /// <summary>The plain mean of the true effects over cohorts and months after joining.</summary>
    public static double TrueSimple(double scale) =>
        Enumerable.Range(5, 8).SelectMany(g => Enumerable.Range(g, Months - g + 1).Select(t => TrueEffect(scale, g, t))).Average();

    public static double Uniform(ulong seed, ulong stream, int i, int t) =>
        SplitMix.Uniform(SplitMix.Mix(SplitMix.Mix(SplitMix.Mix(SplitMix.Mix(seed) ^ stream) ^ (ulong)i) ^ (ulong)t));

    public static double Normal(ulong seed, ulong stream, int i, int t) => Probability.NormalQuantile(Uniform(seed, stream, i, t));

    void Fill(ulong seed, int i, Scenario scenario)
    {
        double U(ulong stream, int t = 0) => Uniform(seed, stream, i, t);
        double N(ulong stream, int t = 0) => Normal(seed, stream, i, t);

        var category = (int)Math.Floor(4 * U(1));
        var (quality, keenness, other) = (N(2), N(3), N(4));
        var joins = U(5) < 1 / (1 + Math.Exp(-(-1.0 + 0.8 * keenness + 0.6 * quality + (category >= 2 ? 0.3 : 0))));
        var joined = joins ? 5 + (int)Math.Floor(8 * U(6)) : 0;
        (Joined[i], Quality[i], Category[i]) = (joined, quality, category);

        var level = 6.0 + 0.5 * keenness + 0.3 * quality + 0.3 * other;
        var noise = 0.0;
        for (var t = 1; t <= Months; t++)
        {
            noise = t == 1 ? 0.25 * N(9, t) : 0.4 * noise + 0.25 * Math.Sqrt(1 - 0.16) * N(9, t);
            var untreated = level + (0.010 + 0.012 * quality + scenario.KeenTrend * keenness) * t + seasons[category] * Math.Sin(2 * Math.PI * (t - 3) / 12) + noise;
            if (joined > 0 && t == joined - 1) untreated -= scenario.Dip * (0.5 + U(8));
            var log = untreated;
            if (joined > 0 && t >= joined) log += TrueEffect(scenario.Effect, joined, t) + (scenario.Effect == 0 ? 0 : 0.10 * N(7));
            (Untreated[i * Months + t - 1], LogRevenue[i * Months + t - 1]) = (untreated, log);
            Revenue[i * Months + t - 1] = U(10, t) < 0.10 ? 0 : Math.Exp(log);
        }
    }
}
