using Guildhall.Evidence;
using Guildhall.Matching;

namespace Guildhall.Modules.Pairing;

/// <summary>What came of looking back. Stored by these names; the first that holds, in this order.</summary>
public enum LearningVerdict
{
    /// <summary>Under thirty mentees, ten mentees a trait, or ten mentors: no association is worked out.</summary>
    TooFew,

    /// <summary>No factor goes with better outcomes beyond chance: no other weights are proposed.</summary>
    NothingProposed,

    /// <summary>Weights are proposed, and the lot has made too few choices to judge them by.</summary>
    TooFewChoices,

    /// <summary>Past choices don't say that the proposed weights would have been better.</summary>
    NotClearlyBetter,

    /// <summary>They do: the weights can be approved.</summary>
    Better,
}

/// <summary>What of a pair an outcome may go with, beside the factors of the score.</summary>
public enum MentorTrait
{
    /// <summary>Years since the mentor signed up on the marketplace.</summary>
    Years,

    /// <summary>How many mentees the mentor got in the same run.</summary>
    Mentees,
}

/// <summary>A number with its 95% interval.</summary>
public sealed record FoundRange(double Value, double Lower, double Upper)
{
    internal static FoundRange Of(double value, Interval interval) => new(value, interval.Lower, interval.Upper);
}

/// <summary>How one trait goes with what mentees gained: by how much more their orders grew, a standard deviation of the trait.</summary>
/// <param name="Factor">The factor of the score; null of a trait of the mentor.</param>
/// <param name="Trait">The trait of the mentor; null of a factor.</param>
/// <param name="StandsOut">Whether it holds against chance with all others counted.</param>
public sealed record FoundTrait(Factor? Factor, MentorTrait? Trait, FoundRange Growth, double AdjustedPValue, bool StandsOut);

/// <summary>What choosing by the proposed weights would have brought, on choices that the lot made.</summary>
/// <param name="Choices">Choices between two mentors or more.</param>
/// <param name="Effective">As many equally weighted choices would be as precise.</param>
/// <param name="DoublyRobust">How much more orders would have grown; null with too few choices.</param>
/// <param name="SelfNormalised">The same by the second estimate.</param>
public sealed record FoundJudgement(int Choices, double Effective, FoundRange? DoublyRobust, FoundRange? SelfNormalised);

/// <summary>Everything that a reading found. Where the verdict allows no number, there is none in it to show.</summary>
public sealed record LearningFindings
{
    public required LearningVerdict Verdict { get; init; }

    /// <summary>The last day of figures that counts; null before the first import.</summary>
    public DateOnly? DataThrough { get; init; }

    /// <summary>Mentees whose pair stood and whose choice is kept, in all cohorts of the program.</summary>
    public required int Mentees { get; init; }

    /// <summary>Of those, the ones whose gain could be told.</summary>
    public required int Measured { get; init; }

    /// <summary>The ones whose twelve weeks aren't over yet.</summary>
    public required int TooNew { get; init; }

    /// <summary>Mentors of the measured.</summary>
    public required int Mentors { get; init; }

    /// <summary>Traits that differ enough between pairs to be asked about.</summary>
    public int Traits { get; init; }

    /// <summary>About how many more mentees it needs, and mentors; 0 when that isn't what is missing.</summary>
    public int NeedsMentees { get; init; }
    public int NeedsMentors { get; init; }

    public IReadOnlyList<FoundTrait> Associations { get; init; } = [];

    /// <summary>The weights in use on the day of the reading.</summary>
    public required IReadOnlyDictionary<Factor, int> Weights { get; init; }

    /// <summary>The weights that it proposes; null where it proposes none.</summary>
    public IReadOnlyDictionary<Factor, int>? Proposed { get; init; }
    public FoundJudgement? Judgement { get; init; }
}
