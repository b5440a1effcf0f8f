using Guildhall.Matching;

namespace Guildhall.Benchmarks;

/// <summary>
/// A seeded assignment problem that looks like a marketplace: categories of uneven size, popular mentors, mentees who look mostly in
/// their own category. Integer arithmetic but for the IEEE square root, so that the same seed gives the same bytes anywhere.
/// </summary>
internal sealed class MatchingInstance
{
    MatchingInstance(AssignmentProblem problem) => Problem = problem;

    public AssignmentProblem Problem { get; }

    /// <summary>Makes the instance of a family (A tight, B balanced, C closed categories, D ties, E sparse, G square) with seed 1.</summary>
    public static MatchingInstance Make(char family, int mentees) => family switch
    {
        'A' => Make(1, mentees, mentees / 10, 50, 50, 8, 1),
        'B' => Make(1, mentees, mentees / 10, 50, 50, 20, 1),
        'C' => Make(1, mentees, mentees / 10, 50, 0, 8, 1),
        'D' => Make(1, mentees, mentees / 10, 50, 50, 8, 10_000),
        'E' => Make(1, mentees, mentees / 5, 6, 50, 8, 1),
        'G' => Make(1, mentees, mentees, 50, 50, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "Families are A, B, C, D, E and G."),
    };

    /// <summary>The fingerprint: every pair's mentor and score in order, then the capacities, each word taken whole.</summary>
    public ulong Fingerprint()
    {
        var hash = 1469598103934665603UL;
        for (var e = 0; e < Problem.PairCount; e++)
        {
            Take(Problem.Mentors[e]);
            Take(Problem.Scores[e]);
        }
        foreach (var capacity in Problem.Capacities)
            Take(capacity);
        return hash;

        void Take(int word) => hash = unchecked((hash ^ (ulong)word) * 1099511628211UL);
    }

    static MatchingInstance Make(ulong seed, int menteeCount, int mentorCount, int candidates, int crossPerMille, int maxCapacity, int quantum)
    {
        var stream = new SplitMix64(seed);
        var categories = Math.Max(8, mentorCount / 40);
        var categoryWeights = new WeightedDraw(categories, k => (ulong)(4294967296.0 / Math.Sqrt(k + 1)));
        var (members, capacities) = PlaceMentors(ref stream, mentorCount, categories, categoryWeights, maxCapacity);

        var quality = new int[mentorCount];
        var popularity = new ulong[mentorCount];
        foreach (var category in members)
            for (var r = 0; r < category.Count; r++)
            {
                var x = (double)(r + 1);
                popularity[category[r]] = (ulong)(4294967296.0 / Math.Sqrt(x * Math.Sqrt(x)));
                var (a, b) = (stream.Below(1_000_001), stream.Below(1_000_001));
                quality[category[r]] = 4 * (r + 1) <= category.Count ? Math.Max(a, b) : a;
            }
        var within = members.ConvertAll(category => new WeightedDraw(category.Count, r => popularity[category[r]]));
        var listed = members.SelectMany(category => category).ToArray();
        var overall = new WeightedDraw(listed.Length, k => popularity[listed[k]]);
        var categoryOf = new int[mentorCount];
        for (var k = 0; k < members.Count; k++)
            foreach (var j in members[k])
                categoryOf[j] = k;

        var starts = new int[menteeCount + 1];
        var (pairMentors, pairScores) = (new List<int>(), new List<int>());
        var chosen = new List<int>();
        var chosenBy = new int[mentorCount];
        for (var i = 0; i < menteeCount; i++)
        {
            var own = categoryWeights.Draw(ref stream);
            chosen.Clear();
            for (var attempt = 0; attempt < 8 * candidates && chosen.Count < candidates; attempt++)
            {
                var isCross = stream.Below(1000) < crossPerMille || (crossPerMille > 0 && attempt >= 4 * candidates);
                var mentor = isCross ? listed[overall.Draw(ref stream)] : members[own][within[own].Draw(ref stream)];
                if (chosenBy[mentor] == i + 1)
                    continue;
                chosenBy[mentor] = i + 1;
                chosen.Add(mentor);
            }
            chosen.Sort();
            foreach (var mentor in chosen)
            {
                var u = stream.Below(1_000_001);
                var score = (categoryOf[mentor] == own ? 300_000 : 0) + (3 * quality[mentor] + 4 * u) / 10;
                pairMentors.Add(mentor);
                pairScores.Add(Math.Max(1, score / quantum * quantum));
            }
            starts[i + 1] = pairMentors.Count;
        }
        return new(new AssignmentProblem(starts, [.. pairMentors], [.. pairScores], capacities));
    }

    static (List<List<int>> Members, int[] Capacities) PlaceMentors(
        ref SplitMix64 stream, int mentorCount, int categories, WeightedDraw categoryWeights, int maxCapacity)
    {
        var members = new List<List<int>>();
        for (var k = 0; k < categories; k++)
            members.Add([]);
        var capacities = new int[mentorCount];
        for (var j = 0; j < mentorCount; j++)
        {
            members[j < categories ? j : categoryWeights.Draw(ref stream)].Add(j);
            capacities[j] = 1 + stream.Below(maxCapacity);
        }
        return (members, capacities);
    }

    struct SplitMix64(ulong state)
    {
        ulong state = state;

        public ulong Next()
        {
            state += 0x9e3779b97f4a7c15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }

        public ulong Below(ulong bound) => Math.BigMul(Next(), bound, out _);

        public int Below(int bound) => (int)Below((ulong)bound);
    }

    sealed class WeightedDraw
    {
        readonly ulong[] sums;

        public WeightedDraw(int count, Func<int, ulong> weight)
        {
            sums = new ulong[count];
            var sum = 0UL;
            for (var k = 0; k < count; k++)
                sums[k] = sum += weight(k);
        }

        // The first item whose running sum exceeds the draw.
        public int Draw(ref SplitMix64 stream)
        {
            var draw = stream.Below(sums[^1]);
            var (low, high) = (0, sums.Length - 1);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (sums[middle] > draw)
                    high = middle;
                else
                    low = middle + 1;
            }
            return low;
        }
    }
}
