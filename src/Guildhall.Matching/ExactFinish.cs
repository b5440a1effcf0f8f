using System.Runtime.CompilerServices;

namespace Guildhall.Matching;

/// <summary>
/// Turns any prices and any pairs into an optimum with its certificate, by shortest augmenting paths over reduced costs
/// (Jonker and Volgenant 1987, with places). The better the start, the shorter the paths.
/// </summary>
/// <remarks>
/// A mentee's net at a mentor is score + bonus − price. Kept true after every path: nobody is matched but at the best net of
/// the row, which is 0 or more. What a start leaves open: unmatched mentees with a net above 0, closed by <see cref="Insert"/>;
/// then mentors with a price and a free place, closed by <see cref="TryRelease"/> or <see cref="Lower"/>.
/// </remarks>
internal sealed partial class ExactFinish
{
    // High enough that nobody chooses a mentor without places, low enough that a net with any bonus doesn't overflow.
    internal const long NoPlaces = 1L << 60;

    // Prices of an auction end a little high. Started this much lower, most mentors with room fill up by insertions, which are
    // cheap, instead of keeping a price that has to be released: 121 free places for 1,165 on A at 10,000.
    const int FirstFall = 1_500;

    // Most chains of moves are short. A search looks so far first, in millionths, and eight times as far where it found no end: on G at
    // 100,000 half the mentors are labelled that a search without a first bound labels.
    const long FirstReach = 2_000;
    const int Farther = 8;

    readonly int[] starts, mentors, scores;
    readonly byte[] priorities;
    readonly int menteeCount, mentorCount;
    readonly CancellationToken stop;

    readonly long[] bonus = new long[AssignmentProblem.PriorityClasses];
    readonly long[] price;
    readonly int[] pairOf, placeOf;

    // The places of mentor j are placeStart[j] … placeStart[j + 1] − 1, the first load[j] of them taken.
    readonly int[] placeStart, memberAt, load;

    // Dijkstra's labels, good where stamp equals the current search.
    readonly long[] distance;
    readonly int[] stamp, fromMentee, viaPair, reached;
    readonly MentorHeap heap = new();
    int search, reachedCount;

    readonly RowScan rows;
    int steps;

    public ExactFinish(AssignmentProblem problem, int[] places, CancellationToken stop)
    {
        (starts, mentors, scores, priorities) = (problem.RowStartArray, problem.MentorArray, problem.ScoreArray, problem.PriorityArray);
        (menteeCount, mentorCount) = (problem.MenteeCount, problem.MentorCount);
        this.stop = stop;
        price = new long[mentorCount];
        placeStart = new int[mentorCount + 1];
        for (var j = 0; j < mentorCount; j++)
        {
            placeStart[j + 1] = placeStart[j] + places[j];
            if (places[j] == 0)
                price[j] = NoPlaces;
        }
        memberAt = new int[placeStart[^1]];
        load = new int[mentorCount];
        pairOf = new int[menteeCount];
        pairOf.AsSpan().Fill(-1);
        placeOf = new int[menteeCount];
        rows = new RowScan(problem, price);
        nearest = new int[mentorCount];
        distance = new long[mentorCount];
        stamp = new int[mentorCount];
        fromMentee = new int[mentorCount];
        viaPair = new int[mentorCount];
        reached = new int[mentorCount];
    }

    /// <summary>The pair chosen by each mentee, −1 for none.</summary>
    public int[] PairOf => pairOf;

    /// <summary>The price of each mentor, 2^60 for one without places.</summary>
    public long[] Price => price;

    /// <summary>The bonus of each priority class.</summary>
    public ReadOnlySpan<long> Bonus => bonus;

    /// <summary>
    /// Takes over the prices of a start, a little lower, and of its pairs those that are the best of their row to the exact.
    /// </summary>
    /// <param name="startBonus">The bonus of each priority class, 0 or more.</param>
    /// <param name="startPrice">A price for each mentor, below 2^30 in size; for one without places it says nothing.</param>
    /// <param name="startPairOf">A pair for each mentee, −1 for none; no mentor in more than it has places.</param>
    public void Adopt(ReadOnlySpan<long> startBonus, ReadOnlySpan<int> startPrice, ReadOnlySpan<int> startPairOf)
    {
        startBonus.CopyTo(bonus);
        for (var j = 0; j < mentorCount; j++)
            if (Places(j) > 0)
                price[j] = Math.Max(0, startPrice[j] - FirstFall);
        for (var i = 0; i < menteeCount; i++)
        {
            var pair = startPairOf[i];
            if (pair < 0)
                continue;
            var net = NetAt(i, pair);
            if (net < 0 || !IsBestOfRow(i, net))
                continue;
            var j = mentors[pair];
            Seat(i, pair, placeStart[j] + load[j]++);
        }
    }

    bool IsBestOfRow(int mentee, long net) => rows.Best(mentee) <= net - bonus[priorities[mentee]];

    /// <summary>Inserts every unmatched mentee, highest class first, and brings down the prices of mentors with room, until neither is left.</summary>
    public void Run()
    {
        InsertAll();
        for (var fall = 2L * FirstFall; CountPricedRoom() is > 0 and var room; fall *= 2)
        {
            if (room <= FewRooms && TryReleaseAll())
                return;
            Lower(fall);
            InsertAll();
        }
    }

    void InsertAll()
    {
        for (var k = AssignmentProblem.PriorityClasses - 1; k >= 0; k--)
            for (var i = 0; i < menteeCount; i++)
                if (pairOf[i] < 0 && priorities[i] == k)
                    Insert(i);
    }

    int CountPricedRoom()
    {
        var count = 0;
        for (var j = 0; j < mentorCount; j++)
            if (price[j] > 0 && load[j] < Places(j))
                count += Places(j) - load[j];
        return count;
    }

    // All prices at once: what was tight stays tight but where a price ends at 0, and whoever a lower price attracts comes in by
    // InsertAll. The falls double, so that at the latest at prices of 0 no mentor with room has one. Where a release would
    // search half the graph this is the cheaper way: a finish of 1.6 s for 22.6 s on G at 100,000.
    void Lower(long fall)
    {
        for (var j = 0; j < mentorCount; j++)
            if (Places(j) > 0)
                price[j] = Math.Max(0, price[j] - fall);
        for (var i = 0; i < menteeCount; i++)
        {
            if (pairOf[i] < 0 || IsBestOfRow(i, NetAt(i, pairOf[i])))
                continue;
            Vacate(mentors[pairOf[i]], placeOf[i]);
            pairOf[i] = -1;
        }
    }

    /// <summary>The net of a mentee's own pair, 0 for an unmatched one: its price once all is done.</summary>
    public long Net(int mentee) => pairOf[mentee] < 0 ? 0 : NetAt(mentee, pairOf[mentee]);

    long NetAt(int mentee, int pair) => scores[pair] + bonus[priorities[mentee]] - price[mentors[pair]];

    int Places(int mentor) => placeStart[mentor + 1] - placeStart[mentor];

    // The shortest path from a mentee to a free place, or to a member who loses least by leaving (the mentee itself at worst).
    void Insert(int mentee)
    {
        if (starts[mentee] == starts[mentee + 1])
            return;
        var best = rows.Best(mentee) + bonus[priorities[mentee]];
        if (best <= 0)
            return;
        for (var reach = FirstReach; !TryInsert(mentee, best, Math.Min(reach, best)); reach *= Farther)
        {
        }
    }

    // Looks for a path shorter than the horizon; that the mentee stays out is one of the length of its best net. False where none is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool TryInsert(int mentee, long best, long horizon)
    {
        BeginSearch();
        var (endMentor, leaver) = (-1, horizon < best ? -1 : mentee);
        Reach(mentee, best, 0, ref horizon, ref endMentor);
        while (heap.TryPop(out var d, out var j) && d < horizon)
        {
            if (d > distance[j])
                continue;
            for (var at = placeStart[j]; at < placeStart[j] + load[j]; at++)
                rows.Prefetch(memberAt[at]);
            for (var at = placeStart[j]; at < placeStart[j] + load[j]; at++)
            {
                var member = memberAt[at];
                var net = NetAt(member, pairOf[member]);
                if (d + net < horizon)
                {
                    horizon = d + net;
                    (endMentor, leaver) = (j, member);
                }
                if (d < horizon)
                    Reach(member, net, d, ref horizon, ref endMentor);
            }
        }
        if (endMentor < 0 && leaver < 0)
            return false;

        for (var r = 0; r < reachedCount; r++)
            if (distance[reached[r]] < horizon)
                price[reached[r]] += horizon - distance[reached[r]];
        if (endMentor >= 0)
            Augment(endMentor, load[endMentor] < Places(endMentor) ? -1 : leaver);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Reach(int mentee, long net, long from, ref long horizon, ref int endMentor)
    {
        var offset = from + net - bonus[priorities[mentee]];
        foreach (var e in rows.Above(mentee, offset - horizon))
        {
            var j = mentors[e];
            var d = offset - scores[e] + price[j];
            if (d >= horizon || (stamp[j] == search && d >= distance[j]))
                continue;
            Label(j, d, mentee, e);
            if (load[j] < Places(j))
                (horizon, endMentor) = (d, j);
            else
                heap.Push(d, j);
        }
        Step(starts[mentee + 1] - starts[mentee]);
    }

    // Everybody on the path moves one mentor on; the leaver, if the path ends at one, makes room for the last.
    void Augment(int endMentor, int leaver)
    {
        int place;
        if (leaver >= 0)
            (place, pairOf[leaver]) = (placeOf[leaver], -1);
        else
            place = placeStart[endMentor] + load[endMentor]++;
        for (var j = endMentor; ;)
        {
            var mover = fromMentee[j];
            var (oldPair, oldPlace) = (pairOf[mover], placeOf[mover]);
            Seat(mover, viaPair[j], place);
            if (oldPair < 0)
                return;
            (j, place) = (mentors[oldPair], oldPlace);
        }
    }

    void Seat(int mentee, int pair, int place) => (pairOf[mentee], placeOf[mentee], memberAt[place]) = (pair, place, mentee);

    void Vacate(int mentor, int place)
    {
        var last = memberAt[placeStart[mentor] + --load[mentor]];
        (placeOf[last], memberAt[place]) = (place, last);
    }

    void BeginSearch()
    {
        search++;
        reachedCount = 0;
        heap.Clear();
    }

    void Label(int mentor, long d, int mentee, int pair)
    {
        if (stamp[mentor] != search)
        {
            stamp[mentor] = search;
            reached[reachedCount++] = mentor;
        }
        (distance[mentor], fromMentee[mentor], viaPair[mentor]) = (d, mentee, pair);
    }

    // A search may visit every pair, so cancellation is looked for by work done, every hundred thousand pairs.
    void Step(int pairs)
    {
        steps += pairs;
        if (steps < 100_000)
            return;
        steps = 0;
        stop.ThrowIfCancellationRequested();
    }
}
