using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Enrollment;

/// <summary>One part of a potential score.</summary>
/// <param name="Why">What it rests on, in words; an unknown figure counts half and says so.</param>
public sealed record PotentialPart(string Name, int Points, string Why);

/// <summary>
/// Which level of help a mentee's potential speaks for, with its reasons. Four parts of 25 points each; docs/methods/tiers.md states the rule and works an example.
/// A manager decides, and gives a reason where the decision is another.
/// </summary>
public sealed record TierProposal(TierName Tier, int Points, IReadOnlyList<PotentialPart> Parts)
{
    public const int MostOfAPart = 25;
    const int Intensive = 70;
    const int Standard = 40;
    const int Light = 20;

    /// <summary>Which points speak for which level.</summary>
    public static string Scale { get; } = string.Create(CultureInfo.InvariantCulture,
        $"From {Intensive} points {NameOf(TierName.Intensive).ToLowerInvariant()}, from {Standard} {NameOf(TierName.Standard).ToLowerInvariant()}, from {Light} {NameOf(TierName.Light).ToLowerInvariant()}, below that {NameOf(TierName.SelfServe).ToLowerInvariant()}.");

    public static TierProposal Of(SellerFigures? figures, ApplicationAnswers answers)
    {
        List<PotentialPart> parts =
        [
            Part("Orders are growing", figures?.OrdersTrend, 0, 0.5, trend => string.Create(CultureInfo.InvariantCulture, $"{trend * 100:+0;−0;0}% against the four weeks before")),
            Part("There is something to sell", figures?.Listings, 0, 20, listings => string.Create(CultureInfo.InvariantCulture, $"{listings:0} {(listings == 1 ? "listing" : "listings")}")),
            Part("Buyers are content", figures is { Reviews: >= 5 } ? figures.ReviewMean : null, 3.5, 5, mean => string.Create(CultureInfo.InvariantCulture, $"{mean:0.0} of 5 from {figures!.Reviews} reviews")),
            Part("There is time for it", answers.Times?.Count, 0, 8, times => string.Create(CultureInfo.InvariantCulture, $"free in {times:0} parts of the week")),
        ];
        var points = parts.Sum(part => part.Points);
        return new(points >= Intensive ? TierName.Intensive : points >= Standard ? TierName.Standard : points >= Light ? TierName.Light : TierName.SelfServe, points, parts);
    }

    static PotentialPart Part(string name, double? figure, double nothing, double everything, Func<double, string> words) => figure is { } known
        ? new(name, (int)Math.Round(MostOfAPart * Math.Clamp((known - nothing) / (everything - nothing), 0, 1)), words(known))
        : new(name, MostOfAPart / 2, "not known, counts half");

    public static string NameOf(TierName tier) => tier == TierName.SelfServe ? "Self-serve" : tier.ToString();

    /// <summary>The tier that a profile or a file names; null for none, and for a word that is none.</summary>
    public static TierName? Named(string? key) => Enum.GetValues<TierName>().Where(tier => Key(tier) == key).Select(tier => (TierName?)tier).FirstOrDefault();

    /// <summary>The tier as profiles and files write it.</summary>
    public static string Key(TierName tier) => tier == TierName.SelfServe ? "self-serve" : tier.ToString().ToLowerInvariant();
}
