using Guildhall.Matching;
using Guildhall.Modules.Pairing;

namespace Guildhall.Tests.Pairing;

/// <summary>Pairs made by a seeded rule, drawn by lot among mentors who fit differently, with what the fit does to the mentee's growth known to the test.</summary>
sealed record MadePairs
{
    public int Mentees { get; init; } = 500;
    public int MenteesAMentor { get; init; } = 5;
    public int Others { get; init; } = 120;

    /// <summary>How much more a mentee grows whose mentor covers all they need than one whose mentor covers nothing.</summary>
    public double SkillsMatter { get; init; }

    /// <summary>Choices between two mentors or more; the other pairs were made without a lot.</summary>
    public int Drawn { get; init; } = 500;
    public double NearTiePoints { get; init; } = 2;
    public double Noise { get; init; } = 0.25;
    public int Seed { get; init; } = 11;

    public static readonly IReadOnlyDictionary<Factor, int> Weights = new Dictionary<Factor, int> { [Factor.Category] = 50, [Factor.Hours] = 30, [Factor.Skills] = 20 };

    /// <summary>A pair and by how much its mentee grew, as a logarithm.</summary>
    public sealed record Made(int Mentor, HowChosen How, double Growth);

    public IReadOnlyList<Made> Make()
    {
        var random = new Random(Seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var made = new List<Made>();
        for (var i = 0; i < Mentees; i++)
        {
            var isDrawn = i < Drawn;
            var weights = Enumerable.Range(0, isDrawn ? 3 : 1).Select(_ => 0.2 + random.NextDouble()).ToList();
            List<ChoiceCandidate> all = [.. weights.Select(weight => new ChoiceCandidate(weight / weights.Sum(), Enum.GetValues<Factor>().ToDictionary(factor => factor, factor => Weights.ContainsKey(factor) ? random.Next(0, 10_001) : 5_000)))];
            var (lot, chosen) = (random.NextDouble(), 0);
            while (chosen < all.Count - 1 && (lot -= all[chosen].Odds) > 0) chosen++;
            made.Add(new(i / MenteesAMentor, new(Weights, isDrawn ? NearTiePoints : null, [all[chosen], .. all.Where((_, at) => at != chosen)]), 0.1 + (SkillsMatter * (all[chosen].Values[Factor.Skills] / 10_000.0 - 0.5)) + (Noise * Normal())));
        }

        return made;
    }

    public LearningStudy Study() => new(new(2026, 11, 1), Mentees, 0, [.. Make().Select(pair => new LearningRow(pair.How, pair.Mentor, 2, 5, Guildhall.Evidence.MidpointGrowth.Of(100, 100 * Math.Exp(pair.Growth))))]);
}
