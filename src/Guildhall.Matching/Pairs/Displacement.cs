namespace Guildhall.Matching;

/// <summary>
/// The best plan under one forced change, found as the one chain of moves that makes it: from an optimum, the optimum with a pair
/// forced in or out differs by a single cheapest cycle through that pair in the residual network (R. Ahuja, T. Magnanti,
/// J. Orlin, "Network Flows", 1993, sections 3.5 and 9.3), so nobody moves who needn't.
/// </summary>
/// <remarks>
/// A chain goes from mentor to mentor: one who has a mentee too many gives up one of theirs to the next, until a free place, a
/// mentee left unmatched, or the place that became free at the start. Between a mentee who leaves the plan and one who enters,
/// or a place that fills and one that empties, it passes the node <see cref="Outside"/>. Costs are scores and <see cref="Plan.Worth"/>.
/// There is no negative cycle at an optimum, so labels are corrected until they stand
/// (Bellman–Ford with a queue). Time is a small multiple of mentees times mentors; rows are read at most a few times.
/// </remarks>
sealed class Displacement
{
    const long Unreached = long.MaxValue;

    readonly Plan plan;
    readonly int[] unmatched;
    readonly long[] cost;
    readonly (int From, int Mentee)[] cameBy;
    readonly PossiblePairs.Reader reader;
    readonly Queue<int> queue = new();
    readonly bool[] isQueued;

    public Displacement(Plan plan)
    {
        this.plan = plan;
        var table = plan.Pairs.Table;
        unmatched = [.. Enumerable.Range(0, table.Rows).Where(i => plan.MentorOf[i] < 0)];
        Outside = table.Columns;
        cost = new long[table.Columns + 1];
        cameBy = new (int, int)[table.Columns + 1];
        isQueued = new bool[table.Columns + 1];
        reader = new(plan.Pairs);
        Array.Fill(cost, Unreached);
    }

    int Outside { get; }

    /// <summary>Moves that follow when a mentee is given to a mentor with a place, the mentee's own first.</summary>
    public List<(int Mentee, int To)> Choose(int mentee, int mentor, CancellationToken stop)
    {
        Reach(mentor, 0, (-1, mentee));
        Settle(stop);
        var home = plan.MentorOf[mentee] is >= 0 and var from ? from : Outside;
        return [(mentee, mentor), .. Chain(home, mentor)];
    }

    /// <summary>Moves that follow when a matched mentee may not have their mentor, the mentee's own first.</summary>
    public List<(int Mentee, int To)> Leave(int mentee, CancellationToken stop)
    {
        var home = plan.MentorOf[mentee];
        Offer(mentee, from: -1, at: 0, current: plan.CountedOf[mentee], except: home);
        Settle(stop);
        return Chain(home, start: -1);
    }

    void Settle(CancellationToken stop)
    {
        while (queue.TryDequeue(out var node))
        {
            stop.ThrowIfCancellationRequested();
            isQueued[node] = false;
            if (node == Outside) EnterFromOutside();
            else GiveUpOne(node);
        }
    }

    void GiveUpOne(int mentor)
    {
        if (plan.FreePlaces(mentor) > 0) Reach(Outside, cost[mentor], (mentor, -1));
        foreach (var i in plan.Movable(mentor)) Offer(i, mentor, cost[mentor], plan.CountedOf[i], mentor);
    }

    void EnterFromOutside()
    {
        for (var j = 0; j < Outside; j++)
            if (plan.Movable(j).Any()) Reach(j, cost[Outside], (Outside, -1));
        foreach (var i in unmatched) Offer(i, Outside, cost[Outside], current: -plan.Worth[i], except: -1);
    }

    /// <summary>Everywhere a mentee could go from here: another mentor, or, for one who is matched, outside.</summary>
    void Offer(int mentee, int from, long at, long current, int except)
    {
        var row = reader.Of(mentee);
        for (var k = 0; k < row.Count; k++)
            if (row.Mentors[k] != except) Reach(row.Mentors[k], at + current - row.Scores[k], (from, mentee));
        if (from != Outside) Reach(Outside, at + current + plan.Worth[mentee], (from, mentee));
    }

    void Reach(int node, long at, (int From, int Mentee) by)
    {
        if (at >= cost[node]) return;
        (cost[node], cameBy[node]) = (at, by);
        if (isQueued[node]) return;
        isQueued[node] = true;
        queue.Enqueue(node);
    }

    List<(int Mentee, int To)> Chain(int end, int start)
    {
        var moves = new List<(int, int)>();
        for (var node = end; node != start && node >= 0; node = cameBy[node].From)
            if (cameBy[node].Mentee >= 0) moves.Add((cameBy[node].Mentee, node == Outside ? -1 : node));
        moves.Reverse();
        return moves;
    }
}
