using System.Globalization;

namespace Guildhall.Matching;

/// <summary>
/// Mentees, mentors with a number of places each, and the scored pairs between them: the input of
/// <see cref="AssignmentSolver"/>, as compressed rows by mentee.
/// </summary>
public sealed class AssignmentProblem
{
    /// <summary>The greatest score of a pair, in millionths: 1,000,000 is a score of 1.</summary>
    public const int MaxScore = 1_000_000;

    /// <summary>The number of priority classes: a priority is 0 … 7, and 7 goes first.</summary>
    public const int PriorityClasses = 8;

    readonly int[] rowStarts;
    readonly int[] mentors;
    readonly int[] scores;
    readonly int[] capacities;
    readonly byte[] priorities;

    /// <summary>
    /// Checks the arrays, in time linear in the number of pairs, and keeps them. They are not copied: five million pairs are
    /// 40 MB. The caller gives them away and must not write to them afterwards.
    /// </summary>
    /// <param name="rowStarts">n + 1 positions for n mentees: the pairs of mentee i are rowStarts[i] … rowStarts[i + 1] − 1. Begins with 0, never falls, ends with the number of pairs.</param>
    /// <param name="mentors">The mentor of each pair, 0 … capacities.Length − 1, strictly ascending within a mentee's row.</param>
    /// <param name="scores">The score of each pair in millionths, 1 … <see cref="MaxScore"/>.</param>
    /// <param name="capacities">The number of mentees each mentor can take, 0 or more. A mentor with 0 is never chosen.</param>
    /// <param name="priorities">The priority class of each mentee, 0 … 7; null when all are 0.</param>
    /// <exception cref="ArgumentNullException">An array other than <paramref name="priorities"/> is null.</exception>
    /// <exception cref="ArgumentException">An array breaks its rule above; the message names the place.</exception>
    public AssignmentProblem(int[] rowStarts, int[] mentors, int[] scores, int[] capacities, byte[]? priorities = null)
    {
        ArgumentNullException.ThrowIfNull(rowStarts);
        ArgumentNullException.ThrowIfNull(mentors);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(capacities);

        if (rowStarts.Length == 0 || rowStarts[0] != 0)
            throw new ArgumentException("Row starts begin with 0.", nameof(rowStarts));
        if (mentors.Length != scores.Length)
            throw new ArgumentException("There is one score a pair.", nameof(scores));
        if (rowStarts[^1] != mentors.Length)
            throw new ArgumentException("Row starts end with the number of pairs.", nameof(rowStarts));
        if (priorities is not null && priorities.Length != rowStarts.Length - 1)
            throw new ArgumentException("There is one priority a mentee.", nameof(priorities));

        CheckRows(rowStarts, mentors, scores, capacities.Length);
        for (var j = 0; j < capacities.Length; j++)
            if (capacities[j] < 0)
                throw new ArgumentException(Place("Mentor", j, "has a capacity below 0."), nameof(capacities));
        for (var i = 0; i < (priorities?.Length ?? 0); i++)
            if (priorities![i] >= PriorityClasses)
                throw new ArgumentException(Place("Mentee", i, "has a priority above 7."), nameof(priorities));

        this.rowStarts = rowStarts;
        this.mentors = mentors;
        this.scores = scores;
        this.capacities = capacities;
        this.priorities = priorities ?? new byte[rowStarts.Length - 1];
    }

    /// <summary>The number of mentees, with or without pairs.</summary>
    public int MenteeCount => rowStarts.Length - 1;

    /// <summary>The number of mentors, with or without pairs or places.</summary>
    public int MentorCount => capacities.Length;

    /// <summary>The number of pairs.</summary>
    public int PairCount => mentors.Length;

    /// <summary>Where each mentee's pairs begin in <see cref="Mentors"/> and <see cref="Scores"/>; one more entry than mentees.</summary>
    public ReadOnlySpan<int> RowStarts => rowStarts;

    /// <summary>The mentor of each pair, ascending within a row.</summary>
    public ReadOnlySpan<int> Mentors => mentors;

    /// <summary>The score of each pair in millionths, 1 … <see cref="MaxScore"/>.</summary>
    public ReadOnlySpan<int> Scores => scores;

    /// <summary>The number of mentees each mentor can take, 0 or more.</summary>
    public ReadOnlySpan<int> Capacities => capacities;

    /// <summary>The priority class of each mentee, 0 … 7.</summary>
    public ReadOnlySpan<byte> Priorities => priorities;

    internal int[] RowStartArray => rowStarts;

    internal int[] MentorArray => mentors;

    internal int[] ScoreArray => scores;

    internal byte[] PriorityArray => priorities;

    static void CheckRows(int[] rowStarts, int[] mentors, int[] scores, int mentorCount)
    {
        for (var i = 0; i + 1 < rowStarts.Length; i++)
        {
            if (rowStarts[i + 1] < rowStarts[i] || rowStarts[i + 1] > mentors.Length)
                throw new ArgumentException(Place("Row", i, "ends before it begins or beyond the pairs."), nameof(rowStarts));
            var previous = -1;
            for (var e = rowStarts[i]; e < rowStarts[i + 1]; e++)
            {
                if (mentors[e] <= previous || mentors[e] >= mentorCount)
                    throw new ArgumentException(Place("Row", i, "names a mentor out of range, out of order or twice."), nameof(mentors));
                if ((uint)(scores[e] - 1) >= MaxScore)
                    throw new ArgumentException(Place("Row", i, "holds a score outside 1 … 1,000,000 millionths."), nameof(scores));
                previous = mentors[e];
            }
        }
    }

    static string Place(string what, int index, string rule) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {index} {rule}");
}
