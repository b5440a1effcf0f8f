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

    public FactorValues(ProfileColumns people, CancellationToken stop = default)
    {
        this.people = people;
        channels = new(people.Mentees.Watched(stop).Select(m => Trait(m.Channels)), people.Mentors.Length, people.Channels.Coverage);
        industries = new(people.Mentees.Watched(stop).Select(m => Trait(m.Industries)), people.Mentors.Length, people.Industries.Coverage);
        regions = new(people.Mentees.Watched(stop).Select(m => m.Region is { } region ? new[] { region } : []), people.Mentors.Length, Near);
    }

    /// <summary>The value of a factor where something is not known: the middle, but for responsiveness, where it is the rate a new mentor is taken to have.</summary>
    public static int Neutral(Factor factor) => factor == Factor.Responsiveness ? 8_000 : 5_000;

    public int Value(Factor factor, int i, int j) => Known(factor, i, j) is >= 0 and var value ? value : Neutral(factor);

    /// <summary>The value, or −1 when something it compares is not known.</summary>
    public int Known(Factor factor, int i, int j)
    {
        var lanes = Vector<float>.Count;
        Span<int> at = stackalloc int[lanes];
        Span<float> hours = stackalloc float[lanes], fits = stackalloc float[lanes], room = stackalloc float[Rooms * lanes];
        at.Fill(j);
        hours.Fill(people.Hours.Fewest(i, j));
        Fits(factor, i, at, hours, fits, room);
        return float.IsNaN(fits[0]) ? -1 : (int)Scaled(new(fits[0]))[0];
    }

    /// <summary>How many figures a mentor wants of the room that is passed around.</summary>
    public const int Rooms = 3;

    /// <summary>
    /// Adds a factor's part of the scores, in millionths, to the sums of a mentee and some mentors, whole vectors of them. Floats hold it exactly: no score is above 2²⁴.
    /// </summary>
    /// <param name="sums">By mentor asked about.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="weight">Its weight in percent.</param>
    /// <param name="i">The mentee.</param>
    /// <param name="at">The mentors asked about.</param>
    /// <param name="hours">Their shared hours.</param>
    /// <param name="fits">Room for a figure each.</param>
    /// <param name="room">Room for <see cref="Rooms"/> figures each.</param>
    public void AddTo(Span<float> sums, Factor factor, int weight, int i, ReadOnlySpan<int> at, ReadOnlySpan<float> hours, Span<float> fits, Span<float> room)
    {
        Fits(factor, i, at, hours, fits, room);
        var from = Lanes.Vectors(fits);
        var to = Lanes.Vectors(sums);
        var (scale, neutral) = (new Vector<float>(weight), new Vector<float>(Neutral(factor)));
        for (var v = 0; v < to.Length; v++)
            to[v] += scale * Vector.ConditionalSelect(Vector.Equals(from[v], from[v]), Scaled(from[v]), neutral);
    }

    /// <summary>How well a mentee and each of some mentors fit, nothing at 0 and in full from 1 on; NaN when something compared is not known.</summary>
    void Fits(Factor factor, int i, ReadOnlySpan<int> at, ReadOnlySpan<float> hours, Span<float> fits, Span<float> room)
    {
        var to = Lanes.Vectors(fits);
        switch (factor)
        {
            case Factor.Category: people.Categories.Closeness(i, at, fits, room[..fits.Length]); break;
            case Factor.Velocity: Ahead(people.MenteeOrders[i], Figures(people.MentorOrders, at, room), to); break;
            case Factor.Inventory: Stock(i, at, fits, room); break;
            case Factor.Hours: Share(Lanes.Vectors(hours), FullHours, to); break;
            case Factor.Skills: people.Skills.Coverage(i, at, fits, room[..fits.Length]); break;
            case Factor.Channel: channels.Read(i, at, fits); break;
            case Factor.GrowthTarget: Passed(people.MenteeTarget[i], Figures(people.MentorPassed, at, room), to); break;
            case Factor.Industry: industries.Read(i, at, fits); break;
            case Factor.Style: Alike(people.MenteeStyle[i], Figures(people.MentorStyle, at, room), to); break;
            case Factor.Contact: Alike(people.MenteeContact[i], Figures(people.MentorContact, at, room), to); break;
            case Factor.Region: regions.Read(i, at, fits); break;
            case Factor.Responsiveness: Lanes.Gather(people.Responsiveness, at, fits); break;
            default: throw new ArgumentOutOfRangeException(nameof(factor));
        }
    }

    static ReadOnlySpan<Vector<float>> Figures(float[] column, ReadOnlySpan<int> at, Span<float> room)
    {
        Lanes.Gather(column, at, room[..at.Length]);
        return Lanes.Vectors(room[..at.Length]);
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
    void Stock(int i, ReadOnlySpan<int> at, Span<float> fits, Span<float> room)
    {
        var (variants, making, shipping) = (new Vector<float>(people.MenteeVariants[i]), new Vector<float>(people.MenteeMaking[i]), new Vector<float>(people.MenteeShipping[i]));
        var mentorVariants = Figures(people.MentorVariants, at, room);
        var mentorMaking = Figures(people.MentorMaking, at, room[at.Length..]);
        var mentorShipping = Figures(people.MentorShipping, at, room[(2 * at.Length)..]);
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
