namespace Guildhall.Evidence;

/// <summary>
/// The attacker of a table with totals. Nodes are rows and columns; an inner count is an arc from its row to its column, a row's total one from the total column to the row, a column's total one from the column to the total row, and the grand total one from
/// the total row to the total column. Every node then takes in what it gives out. A hidden count may rise without end and fall to 0; the rest stays.
/// </summary>
/// <param name="table">The counts with their totals: how far each may fall.</param>
/// <param name="room">How far each may rise, the same shape; null for without end.</param>
sealed class TableAttacker(long[,] table, long[,]? room = null)
{
    const long Endless = long.MaxValue / 4;

    readonly int rows = table.GetLength(0);
    readonly int columns = table.GetLength(1);

    /// <summary>How far a cell can be narrowed down when the cells that aren't shown are hidden.</summary>
    public (long Lower, long? Upper, long Width) Range(HiddenCell[,] states, int row, int column)
    {
        var (from, to) = Ends(row, column);
        // The count rises by what can flow back from its end to its start without it, and falls by what can flow from its start to its end.
        var rise = Math.Min(Room(row, column), GreatestFlow(states, row, column, to, from));
        var fall = Math.Min(table[row, column], GreatestFlow(states, row, column, from, to));
        return (table[row, column] - fall, rise >= Endless ? null : table[row, column] + rise, Math.Min(Endless, rise + fall));
    }

    /// <summary>The cells of the cheapest way to let a count rise by <paramref name="by"/>, or by less where none allows that; null when there is none at all. Shown cells on it have to be hidden.</summary>
    public List<(int Row, int Column)>? Escape(HiddenCell[,] states, int row, int column, long by)
    {
        var (from, to) = Ends(row, column);
        var flow = new Flow(this, states, row, column);
        // What hidden cells allow by themselves counts already.
        flow.PushAll(to, from);
        for (var least = by; least >= 1; least /= 2)
            if (flow.CheapestPath(to, from, least) is { } path) return path;
        return null;
    }

    (int From, int To) Ends(int row, int column)
    {
        var (rowNode, columnNode) = (row, rows + column);
        return (row == rows - 1) == (column == columns - 1) ? (rowNode, columnNode) : (columnNode, rowNode);
    }

    long GreatestFlow(HiddenCell[,] states, int row, int column, int source, int sink) => new Flow(this, states, row, column).PushAll(source, sink);

    /// <summary>What is left of the room that cells leave, as a matrix of nodes: small, because people read these tables.</summary>
    sealed class Flow
    {
        readonly int nodes;
        readonly long[,] capacity;
        readonly (int Row, int Column)[,] cells;
        readonly HiddenCell[,] states;

        public Flow(TableAttacker attacker, HiddenCell[,] states, int withoutRow, int withoutColumn)
        {
            nodes = attacker.rows + attacker.columns;
            (capacity, cells, this.states) = (new long[nodes, nodes], new (int, int)[nodes, nodes], states);
            for (var i = 0; i < attacker.rows; i++)
                for (var j = 0; j < attacker.columns; j++)
                {
                    if (i == withoutRow && j == withoutColumn) continue;
                    var (from, to) = attacker.Ends(i, j);
                    (capacity[from, to], capacity[to, from]) = (attacker.Room(i, j), attacker.Count(i, j));
                    (cells[from, to], cells[to, from]) = ((i, j), (i, j));
                }
        }

        /// <summary>The greatest flow through hidden cells alone, along shortest paths (J. Edmonds, R. Karp, Journal of the ACM 19, 1972).</summary>
        public long PushAll(int source, int sink)
        {
            long total = 0;
            while (total < Endless && ShortestPath(source, sink) is { } path) total += Push(path);
            return Math.Min(total, Endless);
        }

        List<int>? ShortestPath(int source, int sink)
        {
            var previous = Enumerable.Repeat(-1, nodes).ToArray();
            previous[source] = source;
            var queue = new Queue<int>([source]);
            while (queue.Count > 0 && previous[sink] < 0)
            {
                var node = queue.Dequeue();
                for (var next = 0; next < nodes; next++)
                    if (previous[next] < 0 && capacity[node, next] > 0 && IsHidden(node, next))
                    {
                        previous[next] = node;
                        queue.Enqueue(next);
                    }
            }
            return previous[sink] < 0 ? null : Path(previous, source, sink);
        }

        bool IsHidden(int from, int to) => states[cells[from, to].Row, cells[from, to].Column] != HiddenCell.Shown;

        long Push(List<int> path)
        {
            var least = Endless;
            for (var k = 1; k < path.Count; k++) least = Math.Min(least, capacity[path[k - 1], path[k]]);
            for (var k = 1; k < path.Count; k++)
            {
                if (capacity[path[k - 1], path[k]] < Endless) capacity[path[k - 1], path[k]] -= least;
                capacity[path[k], path[k - 1]] = Math.Min(Endless, capacity[path[k], path[k - 1]] + least);
            }
            return least;
        }

        /// <summary>Dijkstra over arcs with room for <paramref name="least"/>: hidden cells are free, and of shown ones few and small.</summary>
        public List<(int Row, int Column)>? CheapestPath(int source, int sink, long least)
        {
            var (cost, previous, done) = (Enumerable.Repeat(double.PositiveInfinity, nodes).ToArray(), Enumerable.Repeat(-1, nodes).ToArray(), new bool[nodes]);
            (cost[source], previous[source]) = (0, source);
            for (var step = 0; step < nodes; step++)
            {
                var node = -1;
                for (var candidate = 0; candidate < nodes; candidate++)
                    if (!done[candidate] && !double.IsInfinity(cost[candidate]) && (node < 0 || cost[candidate] < cost[node])) node = candidate;
                if (node < 0) break;
                done[node] = true;
                for (var next = 0; next < nodes; next++)
                {
                    if (done[next] || capacity[node, next] < least) continue;
                    var (i, j) = cells[node, next];
                    var price = cost[node] + (IsHidden(node, next) ? 1e-6 : Price(i, j));
                    if (price < cost[next]) (cost[next], previous[next]) = (price, node);
                }
            }
            if (previous[sink] < 0) return null;
            var path = Path(previous, source, sink);
            return [.. path.Skip(1).Select((node, k) => cells[path[k], node])];

            // A total is missed more than a cell; of equal choices the earlier one.
            double Price(int i, int j) => 1 + (i == states.GetLength(0) - 1 || j == states.GetLength(1) - 1 ? 10 : 0) + 1e-3 * (i * states.GetLength(1) + j) / states.Length;
        }

        static List<int> Path(int[] previous, int source, int sink)
        {
            var path = new List<int> { sink };
            while (path[^1] != source) path.Add(previous[path[^1]]);
            path.Reverse();
            return path;
        }
    }

    long Count(int row, int column) => table[row, column];

    long Room(int row, int column) => room is null ? Endless : room[row, column];
}
