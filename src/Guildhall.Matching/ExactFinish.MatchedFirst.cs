namespace Guildhall.Matching;

/// <summary>The second half of the objective matched-first: most matched by class, on top of the greatest total score.</summary>
internal sealed partial class ExactFinish
{
    /// <summary>
    /// Whether the numbers matched by class are the lexicographically greatest already: no chain of moves lets in one more mentee of
    /// any class, at a free place or at one held by a lower class.
    /// </summary>
    public bool HasGreatestCounts()
    {
        BeginSearch();
        var next = 0;
        for (var k = AssignmentProblem.PriorityClasses - 1; k >= 0; k--)
        {
            for (var i = 0; i < menteeCount; i++)
                if (pairOf[i] < 0 && priorities[i] == k && ReachesRoom(i))
                    return false;
            for (; next < reachedCount; next++)
            {
                var j = reached[next];
                for (var at = placeStart[j]; at < placeStart[j] + load[j]; at++)
                    if (priorities[memberAt[at]] < k || ReachesRoom(memberAt[at]))
                        return false;
            }
        }
        return true;
    }

    // Mentors reached earlier hold only members of the class being looked at or above, so they need no second visit.
    bool ReachesRoom(int mentee)
    {
        for (var e = starts[mentee]; e < starts[mentee + 1]; e++)
        {
            var j = mentors[e];
            if (stamp[j] == search)
                continue;
            if (load[j] < Places(j))
                return true;
            if (Places(j) > 0)
                Label(j, 0, mentee, e);
        }
        Step(starts[mentee + 1] - starts[mentee]);
        return false;
    }

    /// <summary>
    /// Raises the bonuses until the numbers matched are the greatest, and lowers bonuses and prices to the smallest that still prove
    /// the result.
    /// </summary>
    /// <remarks>
    /// A chain that lets in one more mentee moves at most one mentee a mentor on its way, and each move or loss costs a score of
    /// at most 10⁶ millionths: a step of (min(n, m) + 1) × 10⁶ from class to class outweighs every chain. Smaller steps come first,
    /// because searches reach as far as a bonus is worth.
    /// </remarks>
    public void MatchMost()
    {
        var enough = (Math.Min(menteeCount, mentorCount) + 1L) * AssignmentProblem.MaxScore;
        for (var step = 2L * AssignmentProblem.MaxScore; !HasGreatestCounts(); step = Math.Min(4 * step, enough))
        {
            for (var k = 0; k < bonus.Length; k++)
                bonus[k] = Math.Max(bonus[k], (k + 1) * Math.Min(step, enough));
            Run();
        }
        LowerToSmallest();
    }

    // The prices and bonuses that prove given pairs form a lattice, so there is a smallest of all. How far each can fall is a
    // shortest path from the ground: a mentor's price carries the prices of all mentors its members prefer next, and the bonus
    // of its members' classes; a class's bonus carries the next class's, and the prices that keep its unmatched mentees away.
    void LowerToSmallest()
    {
        var classes = mentorCount;
        var fall = new long[mentorCount + bonus.Length];
        heap.Clear();
        for (var j = 0; j < mentorCount; j++)
            if (Places(j) > 0)
                heap.Push(fall[j] = price[j], j);
        for (var k = 0; k < bonus.Length; k++)
            heap.Push(fall[classes + k] = bonus[k], classes + k);

        while (heap.TryPop(out var d, out var node))
        {
            if (d > fall[node])
                continue;
            if (node < classes)
            {
                for (var at = placeStart[node]; at < placeStart[node] + load[node]; at++)
                {
                    var member = memberAt[at];
                    Carry(classes + priorities[member], d + Net(member));
                    CarryRow(member, d + Net(member));
                }
                continue;
            }
            var k = node - classes;
            if (k + 1 < bonus.Length)
                Carry(node + 1, d + bonus[k + 1] - bonus[k]);
            for (var i = 0; i < menteeCount; i++)
                if (pairOf[i] < 0 && priorities[i] == k)
                    CarryRow(i, d);
        }

        for (var j = 0; j < mentorCount; j++)
            if (Places(j) > 0)
                price[j] -= fall[j];
        for (var k = 0; k < bonus.Length; k++)
            bonus[k] -= fall[classes + k];

        void CarryRow(int mentee, long from)
        {
            for (var e = starts[mentee]; e < starts[mentee + 1]; e++)
                if (Places(mentors[e]) > 0)
                    Carry(mentors[e], from - NetAt(mentee, e));
            Step(starts[mentee + 1] - starts[mentee]);
        }

        void Carry(int node, long d)
        {
            if (d >= fall[node])
                return;
            fall[node] = d;
            heap.Push(d, node);
        }
    }
}
