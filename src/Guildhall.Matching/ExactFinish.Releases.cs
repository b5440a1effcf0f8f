using System.Runtime.CompilerServices;

namespace Guildhall.Matching;

/// <summary>Mentors with room and a price, when they are few: released one by one, by shortest paths that lead to them.</summary>
internal sealed partial class ExactFinish
{
    // How many places are worth releasing one by one, and after how many mentors visited it is cheaper to lower all prices after all.
    const int FewRooms = 64, ReleaseBudget = 4_000;

    // Pairs are looked for once for several releases: each one uses up some of how far they were looked for.
    const int ReleasesAhead = 4;

    // The near pairs of a mentor are a list that begins at nearest[mentor]; −1 ends it.
    readonly int[] nearest;
    (int Mentee, int Pair, int Next)[] near = [];
    long nearBelow;

    bool TryReleaseAll()
    {
        nearBelow = 0;
        var budget = ReleaseBudget;
        for (var j = 0; j < mentorCount; j++)
            while (load[j] < Places(j) && price[j] > 0)
                for (var reach = FirstReach; !TryRelease(j, Math.Min(reach, price[j]), ref budget); reach *= Farther)
                    if (budget < 0)
                        return false;
        return true;
    }

    // Lowers the price of a mentor with room until somebody comes, directly or by a chain of moves, or the price is 0. The
    // chain's end: an unmatched mentee who comes, or a mentor whose price reaches 0 and whose place stays empty. False, and nothing
    // changed, where no chain is shorter than the horizon, and beyond the budget of mentors visited.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool TryRelease(int mentor, long horizon, ref int budget)
    {
        FindNear(horizon);
        BeginSearch();
        var (endMentor, endMentee, endPair) = (horizon < price[mentor] ? -1 : mentor, -1, -1);
        Label(mentor, 0, -1, -1);
        heap.Push(0, mentor);
        while (heap.TryPop(out var d, out var j) && d < horizon)
        {
            if (d > distance[j])
                continue;
            if (--budget < 0)
                return false;
            var seen = 0;
            for (var at = nearest[j]; at >= 0; seen++)
            {
                (var i, var e, at) = near[at];
                var own = pairOf[i];
                if (own == e)
                    continue;
                var reachedAt = d + Net(i) - NetAt(i, e);
                if (reachedAt >= horizon)
                    continue;
                if (own < 0)
                {
                    horizon = reachedAt;
                    (endMentor, endMentee, endPair) = (j, i, e);
                    continue;
                }
                var from = mentors[own];
                if (stamp[from] == search && reachedAt >= distance[from])
                    continue;
                Label(from, reachedAt, i, e);
                heap.Push(reachedAt, from);
                if (reachedAt + price[from] < horizon)
                {
                    horizon = reachedAt + price[from];
                    (endMentor, endMentee) = (from, -1);
                }
            }
            Step(seen);
        }
        if (endMentor < 0)
            return false;

        nearBelow -= horizon;
        for (var r = 0; r < reachedCount; r++)
            if (distance[reached[r]] < horizon)
                price[reached[r]] -= horizon - distance[reached[r]];

        // From the chain's end to the mentor with room: each mover leaves a place to the comer behind it.
        var (comer, pair) = (endMentee, endPair);
        for (var j = endMentor; j != mentor; j = mentors[pair])
        {
            var (mover, movesBy) = (fromMentee[j], viaPair[j]);
            var place = placeOf[mover];
            if (comer >= 0)
                Seat(comer, pair, place);
            else
                Vacate(j, place);
            (comer, pair) = (mover, movesBy);
        }
        if (comer >= 0)
            Seat(comer, pair, placeStart[mentor] + load[mentor]++);
        return true;
    }

    // Finds, by mentor, the pairs by which a mentee would lose less than nearBelow: all that a search up to there can use. Prices that fell
    // since by some amount bring no other pair nearer than nearBelow less that amount, so TryRelease takes it off.
    void FindNear(long horizon)
    {
        if (horizon <= nearBelow)
            return;
        nearBelow = ReleasesAhead * horizon;
        MakeRoomForNear();
        Array.Fill(nearest, -1);
        var count = 0;
        // From the last mentee to the first, so that each list, made from its end, is in the order of mentees.
        for (var i = menteeCount - 1; i >= 0; i--)
        {
            foreach (var e in Near(i))
            {
                if (count == near.Length)
                    Array.Resize(ref near, 2 * count);
                near[count] = (i, e, nearest[mentors[e]]);
                nearest[mentors[e]] = count++;
            }
            Step(starts[i + 1] - starts[i]);
        }
    }

    // Counts one row in sixteen and adds a quarter: an array that starts small and doubles leaves as much again behind.
    void MakeRoomForNear()
    {
        var count = 16;
        for (var i = 0; i < menteeCount; i += 16)
            count += 20 * Near(i).Length;
        if (near.Length < count)
            near = new (int, int, int)[count];
    }

    ReadOnlySpan<int> Near(int mentee) => rows.Above(mentee, Net(mentee) - nearBelow - bonus[priorities[mentee]]);
}
