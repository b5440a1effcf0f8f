using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Guildhall.Matching;

/// <summary>
/// Reads mentees' rows against the mentors' prices, four pairs at a time where AVX2 exists. What a pair brings here is score − price;
/// the bonus of a mentee's class is the same for the whole row, so the caller adds it.
/// </summary>
/// <param name="problem">The problem.</param>
/// <param name="price">The price of each mentor, below 2^61 in size; read at every call.</param>
internal sealed unsafe class RowScan(AssignmentProblem problem, long[] price)
{
    // A pair's row in cache lines of sixteen; what lies past the first four arrives by itself.
    const int Line = 16, LinesAhead = 4;

    readonly int[] starts = problem.RowStartArray, mentors = problem.MentorArray, scores = problem.ScoreArray;
    readonly int[] above = new int[LongestRow(problem)];

    /// <summary>Whether four pairs are read at a time; either way the answers are the same.</summary>
    public bool UsesVectors { get; init; } = Avx2.IsSupported;

    /// <summary>The most that a pair of the row brings; <see cref="long.MinValue"/> for an empty row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Best(int mentee)
    {
        var (e, end) = (starts[mentee], starts[mentee + 1]);
        var best = long.MinValue;
        if (UsesVectors && e + 4 <= end)
        {
            var bests = Vector256.Create(long.MinValue);
            fixed (int* m = mentors, s = scores)
            fixed (long* p = price)
                for (; e + 4 <= end; e += 4)
                    bests = Vector256.Max(bests, Four(m + e, s + e, p));
            for (var lane = 0; lane < 4; lane++)
                best = Math.Max(best, bests[lane]);
        }
        for (; e < end; e++)
            best = Math.Max(best, scores[e] - price[mentors[e]]);
        return best;
    }

    /// <summary>The pairs of the row that bring more than <paramref name="least"/>, in the order of the row; good until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<int> Above(int mentee, long least)
    {
        var (e, end, count) = (starts[mentee], starts[mentee + 1], 0);
        if (UsesVectors)
        {
            fixed (int* m = mentors, s = scores)
            fixed (long* p = price)
                for (; e + 4 <= end; e += 4)
                    for (var more = Vector256.GreaterThan(Four(m + e, s + e, p), Vector256.Create(least)).ExtractMostSignificantBits(); more != 0; more &= more - 1)
                        above[count++] = e + BitOperations.TrailingZeroCount(more);
        }
        for (; e < end; e++)
            if (scores[e] - price[mentors[e]] > least)
                above[count++] = e;
        return above.AsSpan(0, count);
    }

    /// <summary>Asks for a row that will be read soon: rows are read in the order of a search, which no cache foresees.</summary>
    public void Prefetch(int mentee)
    {
        if (!Sse.IsSupported)
            return;
        var (row, end) = (starts[mentee], Math.Min(starts[mentee + 1], starts[mentee] + Line * LinesAhead));
        fixed (int* m = mentors, s = scores)
            for (; row < end; row += Line)
            {
                Sse.Prefetch0(m + row);
                Sse.Prefetch0(s + row);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<long> Four(int* mentors, int* scores, long* price) =>
        Avx2.ConvertToVector256Int64(Vector128.Load(scores)) - Avx2.GatherVector256(price, Vector128.Load(mentors), sizeof(long));

    static int LongestRow(AssignmentProblem problem)
    {
        var longest = 0;
        for (var i = 0; i < problem.MenteeCount; i++)
            longest = Math.Max(longest, problem.RowStarts[i + 1] - problem.RowStarts[i]);
        return longest;
    }
}
