namespace Guildhall.Matching;

/// <summary>
/// What each factor makes of a pair, in ten-thousandths: a weight in whole percent times such a value is a score in
/// millionths, so that scores add up exactly and are the same on every machine.
/// </summary>
sealed class FactorValues(ProfileColumns people)
{
    public const int One = 10_000;

    /// <summary>Hours a week from which more bring nothing.</summary>
    public const double FullHours = 4;

    static readonly double FullAhead = Math.Log2(20);
    static readonly double TooFarAhead = Math.Log2(500);

    /// <summary>The value of a factor where something is not known: the middle, but for responsiveness, where it is the rate a new mentor is taken to have.</summary>
    public static int Neutral(Factor factor) => factor == Factor.Responsiveness ? 8_000 : 5_000;

    public int Value(Factor factor, int i, int j) => Known(factor, i, j) is >= 0 and var value ? value : Neutral(factor);

    /// <summary>The value, or −1 when something it compares is not known.</summary>
    public int Known(Factor factor, int i, int j) => factor switch
    {
        Factor.Category => Scale(people.Categories.Closeness(i, j)),
        Factor.Velocity => Scale(Ahead(people.MentorOrdersLog[j] - people.MenteeOrdersLog[i])),
        Factor.Inventory => Inventory(i, j),
        Factor.Hours => Scale(people.Hours.Fewest(i, j) / FullHours),
        Factor.Skills => Scale(people.Skills.Coverage(i, j)),
        Factor.Channel => Scale(people.Channels.Coverage(i, j)),
        Factor.GrowthTarget => Scale(1 - (people.TargetLog[i] - people.PassedLog[j])),
        Factor.Industry => Scale(people.Industries.Coverage(i, j)),
        Factor.Style => Alike(people.Mentees[i].Style, people.Mentors[j].Style),
        Factor.Contact => Alike(people.Mentees[i].Contact, people.Mentors[j].Contact),
        Factor.Region => Region(i, j),
        Factor.Responsiveness => people.Mentors[j] is { Answered: null, DaysSinceActive: null } ? -1 : Scale(people.Responsiveness[j]),
        _ => throw new ArgumentOutOfRangeException(nameof(factor)),
    };

    /// <summary>Full marks from twice to twenty times the mentee's orders, nothing at equal or five hundred times; straight in the logarithm between.</summary>
    static double Ahead(double doublings)
    {
        return double.IsNaN(doublings) || doublings < 1
            ? doublings
            : (TooFarAhead - doublings) / (TooFarAhead - FullAhead);
    }

    /// <summary>The mean of three parts: variants (nothing at a hundredfold), making and shipping; a part that is not known is a half.</summary>
    int Inventory(int i, int j)
    {
        var (mentee, mentor) = (people.Mentees[i], people.Mentors[j]);
        var apart = Math.Abs(people.MenteeVariantsLog[i] - people.MentorVariantsLog[j]);
        var variants = double.IsNaN(apart) ? (double?)null : Math.Max(0, 1 - apart / 2);
        var making = Same(mentee.IsMadeToOrder, mentor.IsMadeToOrder);
        var shipping = Same(mentee.IsShippedByMarketplace, mentor.IsShippedByMarketplace);
        return variants is null && making is null && shipping is null
            ? -1
            : Scale(((variants ?? 0.5) + (making ?? 0.5) + (shipping ?? 0.5)) / 3);
    }

    static int Alike(double? mentee, double? mentor) =>
        mentee is { } a && mentor is { } b ? Scale(1 - Math.Abs(a - b) / 2) : -1;

    int Region(int i, int j) =>
        people.MenteeRegion[i] is { } mentee && people.MentorRegion[j] is { } mentor ? Scale(PathTree.Closeness(mentee, mentor)) : -1;

    static double? Same(bool? a, bool? b) => a is { } x && b is { } y ? x == y ? 1 : 0 : null;

    static int Scale(double value) => double.IsNaN(value) ? -1 : (int)(Math.Clamp(value, 0, 1) * One + 0.5);
}
