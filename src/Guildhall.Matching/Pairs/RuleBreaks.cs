using System.Numerics;

namespace Guildhall.Matching;

/// <summary>Which rules a pair breaks, whether they are on or off, as bits by <see cref="Rule"/>. The minimum score is not among them: it depends on the penalties.</summary>
sealed class RuleBreaks
{
    readonly ProfileColumns people;
    readonly RuleRegime regime;
    readonly SetColumns workingLanguages;
    readonly float hours;
    readonly double overlap;
    readonly TraitColumns<uint> traits;
    readonly Ties ties;
    readonly PriceBand?[] menteeBands;
    readonly PriceBand?[] mentorBands;
    readonly uint[] menteeBits;
    readonly uint[] mentorBits;
    readonly Dictionary<int, PairExceptions>?[] exceptions;

    sealed class PairExceptions
    {
        public uint Broken;
        public uint Waived;
        public uint Allowed;
        public Waiver? FirstToEnd;
    }

    public RuleBreaks(ProfileColumns people, MatchSettings settings, RuleRegime regime, CancellationToken stop = default)
    {
        (this.people, this.regime) = (people, regime);
        workingLanguages = people.Languages(Level(regime));
        (hours, overlap) = ((float)regime.Parameter(Rule.SharedHours), regime.Parameter(Rule.SameTrade));
        var rotation = new Rotation(people.Mentees.Length, people.Mentors, regime);
        menteeBits = Array.ConvertAll(people.Mentees, m => m.CurrentMentorId is null ? 0 : RuleRegime.Bit(Rule.OneActiveMentor));
        mentorBits = new uint[Lanes.Padded(people.Mentors.Length)];
        Array.Fill(mentorBits, RuleRegime.Bit(Rule.Capacity));
        for (var j = 0; j < people.Mentors.Length; j++) mentorBits[j] = MentorBits(people.Mentors[j], j, rotation);
        traits = new(people.Mentees.Watched(stop).Select(Trait), people.Mentors.Length, Traits);
        ties = new(people, stop);
        (menteeBands, mentorBands) = (Array.ConvertAll(people.Mentees, Band), Array.ConvertAll(people.Mentors, Band));
        exceptions = new Dictionary<int, PairExceptions>?[people.Mentees.Length];
        foreach (var bar in settings.Bars) Exception(bar.MenteeId, bar.MentorId)?.Broken |= RuleRegime.Bit(Rule.Barred);
        foreach (var pair in settings.EndedPairs) Exception(pair.MenteeId, pair.MentorId)?.Broken |= RuleRegime.Bit(Rule.EndedBefore);
        foreach (var pair in settings.Running) Exception(pair.MenteeId, pair.MentorId)?.Allowed = regime.Required;
        foreach (var waiver in settings.Waivers.Where(w => w.Until >= settings.ProgramStart)) Waive(waiver);
    }

    public uint Broken(int i, int j) => Except(i, j, Plainly(i, j));

    /// <summary>What of the required rules stands between two who work together already, were they to begin today.</summary>
    public uint BrokenWhileRunning(int i, int j) =>
        exceptions[i] is { } mine && mine.TryGetValue(j, out var pair) ? (Plainly(i, j) | pair.Broken) & ~pair.Waived & pair.Allowed : 0;

    uint Plainly(int i, int j) => menteeBits[i] | mentorBits[j] | Traits(i, j) | Hours(people.Hours.Fewest(i, j)) | Conflicts(i, j);

    /// <summary>The same for a mentee and every mentor. The filling of the row breaks <see cref="Rule.Capacity"/>.</summary>
    /// <param name="i">The mentee.</param>
    /// <param name="shared">Shared hours by mentor.</param>
    /// <param name="bits">The answer.</param>
    public void Broken(int i, ReadOnlySpan<float> shared, Span<uint> bits)
    {
        traits.Read(i, bits);
        var to = Lanes.Vectors(bits);
        var hour = Lanes.Vectors(shared);
        var ofMentors = Lanes.Vectors(mentorBits.AsSpan());
        var (mine, least, tooFew, unknown) = (new Vector<uint>(menteeBits[i]), new Vector<float>(hours), new Vector<uint>(RuleRegime.Bit(Rule.SharedHours)), new Vector<uint>(Hours(float.NaN)));
        for (var v = 0; v < to.Length; v++)
            to[v] |= mine | ofMentors[v]
                | Vector.AsVectorUInt32(Vector.LessThan(hour[v], least)) & tooFew
                | ~Vector.AsVectorUInt32(Vector.Equals(hour[v], hour[v])) & unknown;
        if (regime[Rule.SameTrade].UnknownBlocks)
            for (var j = 0; j < people.Mentors.Length; j++) bits[j] |= Conflicts(i, j);
        foreach (var trade in ties.Trades(i))
            foreach (var j in trade)
                if (IsSameTrade(i, j)) bits[j] |= RuleRegime.Bit(Rule.SameTrade);
        foreach (var tie in ties.Others(i))
            foreach (var j in tie) bits[j] |= Conflicts(i, j);
        foreach (var j in exceptions[i]?.Keys ?? Enumerable.Empty<int>()) bits[j] = Except(i, j, bits[j]);
    }

    /// <summary>Rules on what a mentee has in common with many: made once for all mentees of the same languages, tier and place.</summary>
    uint Traits(int i, int j)
    {
        uint bits = 0;
        if (!workingLanguages.Overlaps(i, j) && Breaks(Rule.Language, AreLanguagesKnown(i, j))) bits |= RuleRegime.Bit(Rule.Language);
        if (people.Mentors[j].Tiers is { Count: > 0 } && !people.Tiers.Overlaps(i, j) && Breaks(Rule.Tier, people.Mentees[i].Tier is not null))
            bits |= RuleRegime.Bit(Rule.Tier);
        if (!IsSameRegion(i, j) && Breaks(Rule.SameRegion, IsRegionKnown(i, j))) bits |= RuleRegime.Bit(Rule.SameRegion);
        return bits;
    }

    string[] Trait(MenteeProfile mentee) =>
    [
        mentee.Tier is { } tier ? $"in {tier}" : "", mentee.Region is { } region ? $"at {region}" : "",
        mentee.Languages is { Count: > 0 } ? "speaks" : "",
        .. SpokenLanguage.Of(mentee, (LanguageLevel)Level(regime)).Distinct().Order(StringComparer.Ordinal),
    ];

    uint Hours(float shared) =>
        !(shared >= hours) && Breaks(Rule.SharedHours, !float.IsNaN(shared)) ? RuleRegime.Bit(Rule.SharedHours) : 0;

    uint Except(int i, int j, uint broken) =>
        exceptions[i] is { } mine && mine.TryGetValue(j, out var pair) ? (broken | pair.Broken) & ~pair.Waived & ~pair.Allowed : broken;

    /// <summary>Rules that the pair is let through by because what they compare is not known.</summary>
    public uint NotKnown(int i, int j)
    {
        uint bits = 0;
        if (!AreLanguagesKnown(i, j)) bits |= RuleRegime.Bit(Rule.Language);
        if (!people.Hours.AreKnown(i, j)) bits |= RuleRegime.Bit(Rule.SharedHours);
        if (people.Mentors[j].Tiers is { Count: > 0 } && people.Mentees[i].Tier is null) bits |= RuleRegime.Bit(Rule.Tier);
        if (!IsRegionKnown(i, j)) bits |= RuleRegime.Bit(Rule.SameRegion);
        if (!IsTradeKnown(i, j)) bits |= RuleRegime.Bit(Rule.SameTrade);
        return bits & ~Broken(i, j);
    }

    /// <summary>The waiver that lets the pair through and ends first; null when no rule it breaks is waived.</summary>
    public Waiver? WaiverOf(int i, int j) =>
        exceptions[i] is { } mine && mine.TryGetValue(j, out var pair) && (pair.Waived & Conflicts(i, j)) != 0 ? pair.FirstToEnd : null;

    uint Conflicts(int i, int j)
    {
        uint bits = 0;
        if (IsSameTrade(i, j)) bits |= RuleRegime.Bit(Rule.SameTrade);
        if (people.Brands.Overlaps(i, j)) bits |= RuleRegime.Bit(Rule.SharedBrand);
        if (people.Suppliers.Overlaps(i, j)) bits |= RuleRegime.Bit(Rule.SharedSupplier);
        if (people.MenteeStakes.Overlaps(i, j) || people.MentorStakes.Overlaps(i, j)) bits |= RuleRegime.Bit(Rule.DeclaredStake);
        if (people.MenteeCompetition.Overlaps(i, j) || people.MentorCompetition.Overlaps(i, j)) bits |= RuleRegime.Bit(Rule.DeclaredCompetition);
        var (mentee, mentor) = (people.Mentees[i], people.Mentors[j]);
        if (mentee.Id == mentor.Id || mentee.Owner is not null && mentee.Owner == mentor.Owner) bits |= RuleRegime.Bit(Rule.SharedOwner);
        if (mentee.AddressKey is not null && mentee.AddressKey == mentor.AddressKey) bits |= RuleRegime.Bit(Rule.SharedAddress);
        return bits;
    }

    bool IsSameTrade(int i, int j)
    {
        if (!people.Categories.AreKnown(i, j)) return Breaks(Rule.SameTrade, isKnown: false);
        if (!people.Categories.Trades.Overlaps(i, j)) return false;
        if (menteeBands[i] is not { } mentee || mentorBands[j] is not { } mentor) return Breaks(Rule.SameTrade, isKnown: false);
        if (mentee.High < mentor.Low || mentor.High < mentee.Low) return false;
        if (overlap == 0 || mentee.High == mentee.Low) return true;
        return (double)((Math.Min(mentee.High, mentor.High) - Math.Max(mentee.Low, mentor.Low)) / (mentee.High - mentee.Low)) >= overlap;
    }

    bool IsTradeKnown(int i, int j) =>
        people.Categories.AreKnown(i, j)
        && (!people.Categories.Trades.Overlaps(i, j) || menteeBands[i] is not null && mentorBands[j] is not null);

    public static PriceBand? Band(Participant person) =>
        person.PriceBand ?? (person.MedianPrice is { } price ? new(price, price) : null);

    bool AreLanguagesKnown(int i, int j) =>
        people.Mentees[i].Languages is { Count: > 0 } && people.Mentors[j].Languages is { Count: > 0 };

    bool IsRegionKnown(int i, int j) => people.MenteeRegion[i] is not null && people.MentorRegion[j] is not null;

    bool IsSameRegion(int i, int j) =>
        IsRegionKnown(i, j)
        && PathTree.CommonLevels(people.MenteeRegion[i]!, people.MentorRegion[j]!) == Math.Min(people.MenteeRegion[i]!.Length, people.MentorRegion[j]!.Length);

    static int Level(RuleRegime regime) => Math.Clamp((int)regime.Parameter(Rule.Language), 1, 4);

    bool Breaks(Rule rule, bool isKnown) => isKnown || regime[rule].UnknownBlocks;

    static uint MentorBits(MentorProfile mentor, int j, Rotation rotation)
    {
        var bits = mentor.Capacity == 0 ? RuleRegime.Bit(Rule.Capacity) : 0;
        if (!mentor.IsOpenToNew) bits |= RuleRegime.Bit(Rule.OpenToNew);
        if (rotation.LeftInRow(j) == 0) bits |= RuleRegime.Bit(Rule.MenteesInRow);
        if (rotation.LeftInGroup(j) == 0) bits |= RuleRegime.Bit(Rule.GroupShare);
        return bits;
    }

    PairExceptions? Exception(string menteeId, string mentorId)
    {
        // Pins, bars and waivers outlive the people of one run: one about somebody who isn't here says nothing.
        if (!people.MenteeIndex.TryGetValue(menteeId, out var i) || !people.MentorIndex.TryGetValue(mentorId, out var j)) return null;
        var mine = exceptions[i] ??= [];
        if (!mine.TryGetValue(j, out var pair)) mine[j] = pair = new();
        return pair;
    }

    void Waive(Waiver waiver)
    {
        if (Exception(waiver.MenteeId, waiver.MentorId) is not { } pair) return;
        pair.Waived |= RuleRegime.Bit(waiver.Rule);
        if (pair.FirstToEnd is null || waiver.Until < pair.FirstToEnd.Until) pair.FirstToEnd = waiver;
    }
}
