using System.Numerics;

namespace Guildhall.Matching;

/// <summary>
/// What each factor makes of a pair, in ten-thousandths: a weight in whole percent times such a value is a score in
/// millionths, so that scores add up exactly and are the same on every machine.
/// </summary>
sealed class FactorValues
{
    public const int One = 10_000;

    /// <summary>Hours a week from which more bring nothing.</summary>
    public const float FullHours = 4;

    static readonly float FullAhead = (float)Math.Log2(20);
    static readonly float TooFarAhead = (float)Math.Log2(500);

    readonly ProfileColumns people;
    readonly TraitColumns<float> channels;
    readonly TraitColumns<float> industries;
    readonly TraitColumns<float> regions;

    public FactorValues(ProfileColumns people)
    {
        this.people = people;
        channels = new(people.Mentees.Select(m => Trait(m.Channels)), people.Mentors.Length, people.Channels.Coverage);
        industries = new(people.Mentees.Select(m => Trait(m.Industries)), people.Mentors.Length, people.Industries.Coverage);
        regions = new(people.Mentees.Select(m => m.Region is { } region ? new[] { region } : []), people.Mentors.Length, Near);
    }

    /// <summary>The value of a factor where something is not known: the middle, but for responsiveness, where it is the rate a new mentor is taken to have.</summary>
    public static int Neutral(Factor factor) => factor == Factor.Responsiveness ? 8_000 : 5_000;

    public int Value(Factor factor, int i, int j) => Known(factor, i, j) is >= 0 and var value ? value : Neutral(factor);

    /// <summary>The value, or −1 when something it compares is not known.</summary>
    public int Known(Factor factor, int i, int j)
    {
        var lanes = Vector<float>.Count;
        Span<float> hours = stackalloc float[lanes], fits = stackalloc float[lanes];
        var first = j / lanes * lanes;
        hours.Fill(people.Hours.Fewest(i, j));
        Fits(factor, i, first, hours, fits);
        return float.IsNaN(fits[j - first]) ? -1 : (int)Scaled(new(fits[j - first]))[0];
    }

    /// <summary>
    /// Adds a factor's part of the scores, in millionths, to the sums of a mentee and mentors from one on. Floats hold it exactly: no score is above 2²⁴.
    /// Shared hours come by mentor, and the fits are room for as many figures.
    /// </summary>
    public void AddTo(Span<float> sums, Factor factor, int weight, int i, int first, ReadOnlySpan<float> hours, Span<float> fits)
    {
        Fits(factor, i, first, hours, fits);
        var from = Lanes.Vectors(fits);
        var to = Lanes.Vectors(sums);
        var (scale, neutral) = (new Vector<float>(weight), new Vector<float>(Neutral(factor)));
        for (var v = 0; v < to.Length; v++)
            to[v] += scale * Vector.ConditionalSelect(Vector.Equals(from[v], from[v]), Scaled(from[v]), neutral);
    }

    /// <summary>How well a mentee and each mentor from one on fit, nothing at 0 and in full from 1 on; NaN when something compared is not known.</summary>
    void Fits(Factor factor, int i, int first, ReadOnlySpan<float> hours, Span<float> fits)
    {
        var to = Lanes.Vectors(fits);
        switch (factor)
        {
            case Factor.Category: people.Categories.Closeness(i, first, fits); break;
            case Factor.Velocity: Ahead(people.MenteeOrders[i], Lanes.Vectors(people.MentorOrders, first, fits.Length), to); break;
            case Factor.Inventory: Stock(i, first, fits); break;
            case Factor.Hours: Share(Lanes.Vectors(hours), FullHours, to); break;
            case Factor.Skills: people.Skills.Coverage(i, first, fits); break;
            case Factor.Channel: channels.Read(i, first, fits); break;
            case Factor.GrowthTarget: Passed(people.MenteeTarget[i], Lanes.Vectors(people.MentorPassed, first, fits.Length), to); break;
            case Factor.Industry: industries.Read(i, first, fits); break;
            case Factor.Style: Alike(people.MenteeStyle[i], Lanes.Vectors(people.MentorStyle, first, fits.Length), to); break;
            case Factor.Contact: Alike(people.MenteeContact[i], Lanes.Vectors(people.MentorContact, first, fits.Length), to); break;
            case Factor.Region: regions.Read(i, first, fits); break;
            case Factor.Responsiveness: people.Responsiveness.AsSpan(first, fits.Length).CopyTo(fits); break;
            default: throw new ArgumentOutOfRangeException(nameof(factor));
        }
    }

    /// <summary>Full marks from twice to twenty times the mentee's orders, nothing at equal or five hundred times; straight in the logarithm between.</summary>
    static void Ahead(float mentee, ReadOnlySpan<Vector<float>> mentors, Span<Vector<float>> fits)
    {
        var (own, slope, tooFar) = (new Vector<float>(mentee), new Vector<float>(1 / (TooFarAhead - FullAhead)), new Vector<float>(TooFarAhead));
        for (var v = 0; v < fits.Length; v++)
        {
            var doublings = mentors[v] - own;
            fits[v] = Vector.ConditionalSelect(Vector.LessThan(doublings, Vector<float>.One), doublings, (tooFar - doublings) * slope);
        }
    }

    static void Passed(float target, ReadOnlySpan<Vector<float>> passed, Span<Vector<float>> fits)
    {
        var wanted = new Vector<float>(target);
        for (var v = 0; v < fits.Length; v++) fits[v] = Vector<float>.One - (wanted - passed[v]);
    }

    static void Share(ReadOnlySpan<Vector<float>> of, float whole, Span<Vector<float>> fits)
    {
        var part = new Vector<float>(1 / whole);
        for (var v = 0; v < fits.Length; v++) fits[v] = of[v] * part;
    }

    static void Alike(float mentee, ReadOnlySpan<Vector<float>> mentors, Span<Vector<float>> fits)
    {
        var (own, half) = (new Vector<float>(mentee), new Vector<float>(0.5f));
        for (var v = 0; v < fits.Length; v++) fits[v] = Vector<float>.One - Vector.Abs(own - mentors[v]) * half;
    }

    /// <summary>The mean of three parts: variants (nothing at a hundredfold), making and shipping; a part that is not known is a half.</summary>
    void Stock(int i, int first, Span<float> fits)
    {
        var (variants, making, shipping) = (new Vector<float>(people.MenteeVariants[i]), new Vector<float>(people.MenteeMaking[i]), new Vector<float>(people.MenteeShipping[i]));
        var mentorVariants = Lanes.Vectors(people.MentorVariants, first, fits.Length);
        var mentorMaking = Lanes.Vectors(people.MentorMaking, first, fits.Length);
        var mentorShipping = Lanes.Vectors(people.MentorShipping, first, fits.Length);
        var (half, third, unknown) = (new Vector<float>(0.5f), new Vector<float>(1 / 3f), new Vector<float>(float.NaN));
        var to = Lanes.Vectors(fits);
        for (var v = 0; v < to.Length; v++)
        {
            var (apart, made, shipped) = (Vector.Abs(variants - mentorVariants[v]), Vector.Abs(making - mentorMaking[v]), Vector.Abs(shipping - mentorShipping[v]));
            var (isSized, isMade, isShipped) = (Vector.Equals(apart, apart), Vector.Equals(made, made), Vector.Equals(shipped, shipped));
            var sum = Vector.ConditionalSelect(isSized, Vector.Max(Vector<float>.Zero, Vector<float>.One - apart * half), half)
                + Vector.ConditionalSelect(isMade, Vector<float>.One - made, half)
                + Vector.ConditionalSelect(isShipped, Vector<float>.One - shipped, half);
            to[v] = Vector.ConditionalSelect(isSized | isMade | isShipped, sum * third, unknown);
        }
    }

    float Near(int i, int j) =>
        people.MenteeRegion[i] is { } mentee && people.MentorRegion[j] is { } mentor ? (float)PathTree.Closeness(mentee, mentor) : float.NaN;

    static IEnumerable<string> Trait(IReadOnlyList<string>? values) => (values ?? []).Distinct().Order(StringComparer.Ordinal);

    static Vector<float> Scaled(Vector<float> fits) =>
        Vector.Floor(Vector.Min(Vector.Max(fits, Vector<float>.Zero), Vector<float>.One) * new Vector<float>(One) + new Vector<float>(0.5f));
}
