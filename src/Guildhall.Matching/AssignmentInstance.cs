using System.Globalization;

namespace Guildhall.Matching;

/// <summary>One of the three lists that an assignment is made from.</summary>
public enum AssignmentList
{
    /// <summary>Mentors with their capacities.</summary>
    Mentors,

    /// <summary>Mentees with their priorities.</summary>
    Mentees,

    /// <summary>Pairs with their scores.</summary>
    Pairs,
}

/// <summary>Why a row, or a whole list, can't be used.</summary>
/// <param name="List">The list it is in.</param>
/// <param name="Row">The row's position in its list, counted from 0 in the order of adding; −1 when it is about the whole list.</param>
/// <param name="Column">The column at fault: mentee, mentor, capacity, priority or score; empty when it is about the whole list.</param>
/// <param name="Reason">What is wrong, as the end of a sentence that begins with the place.</param>
public sealed record AssignmentRefusal(AssignmentList List, int Row, string Column, string Reason);

/// <summary>
/// An assignment problem with text ids, in an order fixed by a seed and the ids alone, so that neither the order of the input nor
/// an early name decides between equal optima.
/// </summary>
/// <remarks>
/// Mentees and mentors are each sorted by a 64-bit hash of (seed, id), then by id, compared by UTF-16 code unit. The hash is
/// FNV-1a over the code units, from a basis mixed with the seed, finished with SplitMix64's mixer.
/// </remarks>
public sealed class AssignmentInstance
{
    readonly string[] menteeIds, mentorIds;

    internal AssignmentInstance(AssignmentProblem problem, string[] menteeIds, string[] mentorIds, long seed)
    {
        (Problem, this.menteeIds, this.mentorIds, Seed) = (problem, menteeIds, mentorIds, seed);
    }

    /// <summary>The problem over the indices of <see cref="MenteeIds"/> and <see cref="MentorIds"/>.</summary>
    public AssignmentProblem Problem { get; }

    /// <summary>The id of each mentee of the problem, in its order.</summary>
    public ReadOnlySpan<string> MenteeIds => menteeIds;

    /// <summary>The id of each mentor of the problem, in its order.</summary>
    public ReadOnlySpan<string> MentorIds => mentorIds;

    /// <summary>The seed of the order.</summary>
    public long Seed { get; }

    internal static ulong Order(long seed, string id)
    {
        var hash = Mix(unchecked((ulong)seed) ^ 0xcbf29ce484222325);
        foreach (var unit in id)
            hash = (hash ^ unit) * 0x100000001b3;
        return Mix(hash);
    }

    internal static ulong Mix(ulong z)
    {
        z += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}

/// <summary>
/// Collects mentors, mentees and pairs by text id, refusing what can't be used as it comes, and builds the
/// <see cref="AssignmentInstance"/>. Mentors are added before the pairs that name them.
/// </summary>
/// <param name="seed">The seed of the order.</param>
public sealed class AssignmentInstanceBuilder(long seed)
{
    readonly Ids mentors = new();
    readonly Ids mentees = new();
    readonly List<int> capacities = [];
    readonly List<int> priorities = [];
    readonly List<(int Mentee, int Mentor, int Score)> pairs = [];
    readonly List<int> pairRows = [];
    int listedMentees, listedMentors, listedPairs;

    /// <summary>Adds a mentor.</summary>
    /// <param name="id">The mentor's id, not empty; compared as text.</param>
    /// <param name="capacity">The number of mentees it can take, 0 or more.</param>
    /// <returns>Null, or why the row was left out: an empty or repeated id, a capacity below 0.</returns>
    public AssignmentRefusal? AddMentor(ReadOnlySpan<char> id, int capacity)
    {
        var row = listedMentors++;
        if (id.IsEmpty)
            return new(AssignmentList.Mentors, row, "mentor", "is empty");
        if (capacity < 0)
            return new(AssignmentList.Mentors, row, "capacity", Text($"is {capacity}; a capacity is a whole number of 0 or more"));
        if (!mentors.TryAdd(id))
            return new(AssignmentList.Mentors, row, "mentor", $"names {id} a second time");
        capacities.Add(capacity);
        return null;
    }

    /// <summary>Adds a mentee with a priority. A mentee who is only named by pairs has priority 0.</summary>
    /// <param name="id">The mentee's id, not empty; compared as text.</param>
    /// <param name="priority">The priority class, 0 … 7; 7 goes first.</param>
    /// <returns>Null, or why the row was left out: an empty or repeated id, a priority out of range.</returns>
    public AssignmentRefusal? AddMentee(ReadOnlySpan<char> id, int priority)
    {
        var row = listedMentees++;
        if (id.IsEmpty)
            return new(AssignmentList.Mentees, row, "mentee", "is empty");
        if (priority is < 0 or >= AssignmentProblem.PriorityClasses)
            return new(AssignmentList.Mentees, row, "priority", Text($"is {priority}; a priority is a whole number from 0 to 7"));
        if (!mentees.TryAdd(id))
            return new(AssignmentList.Mentees, row, "mentee", $"names {id} a second time");
        priorities.Add(priority);
        return null;
    }

    /// <summary>Adds a pair.</summary>
    /// <param name="mentee">The mentee's id, not empty. It needs no row of its own among the mentees.</param>
    /// <param name="mentor">The id of a mentor added before.</param>
    /// <param name="score">The pair's score in millionths, 1 … 1,000,000.</param>
    /// <returns>Null, or why the row was left out: an empty id, an unknown mentor, a score out of range. A pair that comes twice is found by <see cref="Build"/>.</returns>
    public AssignmentRefusal? AddPair(ReadOnlySpan<char> mentee, ReadOnlySpan<char> mentor, int score)
    {
        var row = listedPairs++;
        if (mentee.IsEmpty)
            return new(AssignmentList.Pairs, row, "mentee", "is empty");
        if (!mentors.TryFind(mentor, out var j))
            return new(AssignmentList.Pairs, row, "mentor", mentor.IsEmpty ? "is empty" : $"names {mentor}, who is not among the mentors");
        if (score is < 1 or > AssignmentProblem.MaxScore)
            return new(AssignmentList.Pairs, row, "score", "is outside 0.000001 … 1");
        if (mentees.TryAdd(mentee, out var i))
            priorities.Add(0);
        pairs.Add((i, j, score));
        pairRows.Add(row);
        return null;
    }

    /// <summary>Sorts what was added into an instance, in time n log n.</summary>
    /// <param name="refusals">What stands in the way: no mentors, no mentees, no pairs, or every repeat of a pair.</param>
    /// <returns>The instance, or null when there are refusals.</returns>
    public AssignmentInstance? Build(out IReadOnlyList<AssignmentRefusal> refusals)
    {
        var found = new List<AssignmentRefusal>();
        refusals = found;
        if (mentors.Count == 0)
            found.Add(new(AssignmentList.Mentors, -1, "", "holds no mentors"));
        if (pairs.Count == 0)
            found.Add(new(AssignmentList.Pairs, -1, "", "holds no pairs"));
        if (found.Count > 0)
            return null;

        var (menteeOrder, menteeIds) = mentees.Sorted(seed);
        var (mentorOrder, mentorIds) = mentors.Sorted(seed);
        var starts = new int[mentees.Count + 1];
        foreach (var pair in pairs)
            starts[menteeOrder[pair.Mentee] + 1]++;
        for (var i = 0; i < mentees.Count; i++)
            starts[i + 1] += starts[i];

        var next = starts.AsSpan(0, mentees.Count).ToArray();
        var keys = new long[pairs.Count];
        for (var p = 0; p < pairs.Count; p++)
        {
            var position = next[menteeOrder[pairs[p].Mentee]]++;
            // Mentor first, then the row it came in, so that of two equal pairs the later is the repeat.
            keys[position] = ((long)mentorOrder[pairs[p].Mentor] << 32) | (uint)p;
        }
        var pairMentors = new int[pairs.Count];
        var pairScores = new int[pairs.Count];
        for (var i = 0; i < mentees.Count; i++)
        {
            keys.AsSpan(starts[i], starts[i + 1] - starts[i]).Sort();
            for (var e = starts[i]; e < starts[i + 1]; e++)
            {
                var p = (int)(uint)keys[e];
                pairMentors[e] = (int)(keys[e] >> 32);
                pairScores[e] = pairs[p].Score;
                if (e > starts[i] && pairMentors[e] == pairMentors[e - 1])
                    found.Add(new(AssignmentList.Pairs, pairRows[p], "mentor", $"pairs {menteeIds[i]} with {mentorIds[pairMentors[e]]} a second time"));
            }
        }
        if (found.Count > 0)
        {
            found.Sort((a, b) => a.Row.CompareTo(b.Row));
            return null;
        }

        var orderedCapacities = new int[mentors.Count];
        for (var j = 0; j < mentors.Count; j++)
            orderedCapacities[mentorOrder[j]] = capacities[j];
        var orderedPriorities = new byte[mentees.Count];
        for (var i = 0; i < mentees.Count; i++)
            orderedPriorities[menteeOrder[i]] = (byte)priorities[i];
        return new(new AssignmentProblem(starts, pairMentors, pairScores, orderedCapacities, orderedPriorities), menteeIds, mentorIds, seed);
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Ids in the order of their coming, found without making a string of each mention.
    sealed class Ids
    {
        readonly Dictionary<string, int> positions;
        readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
        readonly List<string> ids = [];

        public Ids()
        {
            positions = new(StringComparer.Ordinal);
            lookup = positions.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public int Count => ids.Count;

        public bool TryFind(ReadOnlySpan<char> id, out int position) => lookup.TryGetValue(id, out position);

        public bool TryAdd(ReadOnlySpan<char> id) => TryAdd(id, out _);

        public bool TryAdd(ReadOnlySpan<char> id, out int position)
        {
            if (lookup.TryGetValue(id, out position))
                return false;
            position = ids.Count;
            var text = id.ToString();
            ids.Add(text);
            positions.Add(text, position);
            return true;
        }

        public (int[] Order, string[] Ids) Sorted(long seed)
        {
            var sorted = ids.ToArray();
            var hashes = Array.ConvertAll(sorted, id => AssignmentInstance.Order(seed, id));
            var byPlace = new int[sorted.Length];
            for (var k = 0; k < byPlace.Length; k++)
                byPlace[k] = k;
            Array.Sort(byPlace, (a, b) => hashes[a] != hashes[b] ? hashes[a].CompareTo(hashes[b]) : string.CompareOrdinal(ids[a], ids[b]));
            var order = new int[sorted.Length];
            for (var k = 0; k < byPlace.Length; k++)
            {
                order[byPlace[k]] = k;
                sorted[k] = ids[byPlace[k]];
            }
            return (order, sorted);
        }
    }
}
