namespace Guildhall.Matching;

/// <summary>
/// Who is matched with whom, with the dual prices that prove it the best. From <see cref="AssignmentSolver"/> it is a
/// result; read from a file it is a claim, which <see cref="AssignmentCheck"/> confirms or refutes.
/// </summary>
/// <remarks>
/// The certificate: every price is 0 or more; a mentee's price and a mentor's price together are at least the pair's score
/// plus the bonus of the mentee's class, and exactly that on a chosen pair; an unmatched mentee and a mentor with room left
/// have price 0. By linear programming duality no assignment then has a greater sum of scores and bonuses.
/// </remarks>
public sealed class Assignment
{
    readonly int[] mentorOf;
    readonly long[] menteePrices;
    readonly long[] mentorPrices;
    readonly long[] bonus;
    readonly int[] matchedByPriority;

    /// <summary>States an assignment as it is claimed; nothing is checked here, and the arrays are kept, not copied.</summary>
    /// <param name="objective">What it is claimed to make as great as possible.</param>
    /// <param name="mentorOf">The mentor of each mentee, −1 for an unmatched one.</param>
    /// <param name="menteePrices">The dual price of each mentee, in millionths.</param>
    /// <param name="mentorPrices">The dual price of a place at each mentor, in millionths.</param>
    /// <param name="bonus">What matching a mentee of each priority class adds to a pair's score, in millionths; eight entries.</param>
    /// <param name="matchedByPriority">The number of matched mentees by priority class; eight entries.</param>
    /// <param name="matched">The number of matched mentees.</param>
    /// <param name="totalScore">The sum of the scores of the chosen pairs, without bonuses, in millionths.</param>
    /// <exception cref="ArgumentNullException">An array is null.</exception>
    public Assignment(
        AssignmentObjective objective, int[] mentorOf, long[] menteePrices, long[] mentorPrices, long[] bonus,
        int[] matchedByPriority, int matched, long totalScore)
    {
        ArgumentNullException.ThrowIfNull(mentorOf);
        ArgumentNullException.ThrowIfNull(menteePrices);
        ArgumentNullException.ThrowIfNull(mentorPrices);
        ArgumentNullException.ThrowIfNull(bonus);
        ArgumentNullException.ThrowIfNull(matchedByPriority);
        Objective = objective;
        this.mentorOf = mentorOf;
        this.menteePrices = menteePrices;
        this.mentorPrices = mentorPrices;
        this.bonus = bonus;
        this.matchedByPriority = matchedByPriority;
        Matched = matched;
        TotalScore = totalScore;
    }

    /// <summary>What the assignment makes as great as possible.</summary>
    public AssignmentObjective Objective { get; }

    /// <summary>The mentor of each mentee, −1 for an unmatched one.</summary>
    public ReadOnlySpan<int> MentorOf => mentorOf;

    /// <summary>The dual price of each mentee in millionths: what the objective would lose without this mentee, as long as prices stand.</summary>
    public ReadOnlySpan<long> MenteePrices => menteePrices;

    /// <summary>
    /// The dual price of a place at each mentor in millionths: 0 where room is left. A mentor without places has the smallest
    /// price that covers its pairs: what a first place there would bring.
    /// </summary>
    public ReadOnlySpan<long> MentorPrices => mentorPrices;

    /// <summary>
    /// What matching a mentee of each priority class (index 0 … 7) adds to a pair's score in the certificate, in millionths;
    /// never falling with the class, all 0 for <see cref="AssignmentObjective.Score"/>, and the smallest for which the chosen
    /// pairs are the best.
    /// </summary>
    public ReadOnlySpan<long> Bonus => bonus;

    /// <summary>The number of matched mentees by priority class, index 0 … 7.</summary>
    public ReadOnlySpan<int> MatchedByPriority => matchedByPriority;

    /// <summary>The number of matched mentees.</summary>
    public int Matched { get; }

    /// <summary>The sum of the scores of the chosen pairs, without bonuses, in millionths.</summary>
    public long TotalScore { get; }
}
