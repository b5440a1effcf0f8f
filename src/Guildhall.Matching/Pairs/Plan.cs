namespace Guildhall.Matching;

/// <summary>A solved match: who has whom, with the prices that prove it over all possible pairs.</summary>
sealed class Plan
{
    public required PossiblePairs Pairs { get; init; }

    /// <summary>The mentor of each mentee, pins included; −1 for nobody.</summary>
    public required int[] MentorOf { get; init; }

    /// <summary>The score of each mentee's pair in millionths, 0 for nobody.</summary>
    public required int[] ScoreOf { get; init; }

    /// <summary>What each mentee's pair counted with when it was chosen: the score, with its handicap.</summary>
    public required int[] CountedOf { get; init; }

    /// <summary>The pairs without a handicap.</summary>
    public PossiblePairs PlainPairs => Pairs.Handicap is null ? Pairs : Pairs.With(handicap: null);

    /// <summary>Mentees of each mentor, pins included.</summary>
    public required List<int>[] MenteesOf { get; init; }

    public required long[] MenteePrices { get; init; }

    public required long[] MentorPrices { get; init; }

    public required long[] Bonus { get; init; }

    public required int Matched { get; init; }

    public required long TotalScore { get; init; }

    public required RunVerdict Verdict { get; init; }

    /// <summary>
    /// What having any pair is worth for each mentee beside its score: nothing under <see cref="AssignmentObjective.Score"/>, else
    /// (class + 1) times more than twice all scores together. That orders plans as the counts by class do, since sets of mentees that can be
    /// matched together form a matroid; unlike <see cref="Bonus"/>, the smallest that proves this plan, it stands for any other plan too.
    /// </summary>
    public required long[] Worth { get; init; }

    /// <summary>Mentees of a mentor who could move.</summary>
    public IEnumerable<int> Movable(int mentor) => MenteesOf[mentor].Where(i => Pairs.PinOf[i] < 0);

    public int FreePlaces(int mentor) => Pairs.Places[mentor] - Movable(mentor).Count();

    /// <summary>Places the rules leave a mentor, those of the pins included.</summary>
    public int PlacesOf(int mentor) => Pairs.Places[mentor] + MenteesOf[mentor].Count - Movable(mentor).Count();
}
