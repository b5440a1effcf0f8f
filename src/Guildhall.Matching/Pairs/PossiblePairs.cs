using System.Runtime.InteropServices;

namespace Guildhall.Matching;

/// <summary>A mentor a mentee may have, and the score in millionths.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Candidate(int Mentor, int Score);

/// <summary>
/// Pairs that may be made: the required rules passed, a place open, neither side pinned away. Found in one pass over all pairs and kept, mentee by mentee, as far as memory
/// allows; the others are computed again when asked for.
/// </summary>
sealed class PossiblePairs
{
    /// <summary>Eight bytes a pair: 1 GB.</summary>
    const long MostKept = 128_000_000;

    const int BlockRows = 256;

    readonly Block?[] blocks;
    readonly RuleSets[] rules;

    /// <summary>Rows of mentees that follow each other.</summary>
    sealed record Block(int[] Starts, int[] Mentors, int[] Scores);

    public PossiblePairs(PairTable table, RuleRegime regime, int[] places, int[] pinOf, CancellationToken stop, long mostKept = MostKept)
    {
        (Table, Regime, Places, PinOf) = (table, regime, places, pinOf);
        blocks = new Block?[(Rows + BlockRows - 1) / BlockRows];
        rules = new RuleSets[blocks.Length];
        var kept = 0L;
        Parallel.For(0, blocks.Length, new ParallelOptions { CancellationToken = stop }, () => (Reader: new Reader(this), Mentors: new List<int>(), Scores: new List<int>()), (b, _, worker) =>
        {
            var (reader, mentors, scores) = worker;
            var starts = new List<int> { 0 };
            mentors.Clear();
            scores.Clear();
            rules[b] = new();
            for (var i = b * BlockRows; i < Math.Min(Rows, (b + 1) * BlockRows); i++)
            {
                stop.ThrowIfCancellationRequested();
                var row = reader.Compute(i);
                rules[b].Add(reader.Broken);
                mentors.AddRange(row.Mentors);
                scores.AddRange(row.Scores);
                starts.Add(mentors.Count);
            }
            if (Interlocked.Add(ref kept, mentors.Count) <= mostKept) blocks[b] = new([.. starts], [.. mentors], [.. scores]);
            return worker;
        }, _ => { });
        Counts = new(regime, rules.SelectMany(block => block.All).Watched(stop));
    }

    PossiblePairs(PossiblePairs more, int[] places)
    {
        (Table, Regime, Places, PinOf, Counts, Handicap, rules) = (more.Table, more.Regime, places, more.PinOf, more.Counts, more.Handicap, more.rules);
        blocks = Array.ConvertAll(more.blocks, block => block is null ? null : OnlyOpen(block));
    }

    PossiblePairs(PossiblePairs same, IHandicap? handicap)
    {
        (Table, Regime, Places, PinOf, Counts, Handicap, rules, blocks) = (same.Table, same.Regime, same.Places, same.PinOf, same.Counts, handicap, same.rules, same.blocks);
    }

    public PairTable Table { get; }

    public RuleRegime Regime { get; }

    /// <summary>Places left to each mentor beside the pins.</summary>
    public int[] Places { get; }

    /// <summary>The mentor each mentee is pinned to, −1 for most.</summary>
    public int[] PinOf { get; }

    /// <summary>The rules that all pairs break, whatever the places and pins.</summary>
    public RuleCounts Counts { get; }

    /// <summary>The rules that one mentee's pairs break, whatever the places and pins.</summary>
    public RuleCounts CountsOf(int i) => new(Regime, rules[i / BlockRows].Of(i % BlockRows));

    /// <summary>What the scores count with; null for the scores as they are.</summary>
    public IHandicap? Handicap { get; }

    public int Rows => Table.Rows;

    public int Columns => Table.Columns;

    /// <summary>The same with fewer places.</summary>
    public PossiblePairs With(int[] fewerPlaces) => new(this, fewerPlaces);

    /// <summary>The same pairs with a handicap, or, by null, without.</summary>
    public PossiblePairs With(IHandicap? handicap) => new(this, handicap);

    /// <summary>The score in millionths, with its handicap; 0 for a pair that can't be made.</summary>
    public int Score(int i, int j)
    {
        if (PinOf[i] >= 0 || Places[j] == 0) return 0;
        var (raw, broken) = Table.At(i, j);
        var score = Regime.PossibleScore(raw, broken);
        return score == 0 || Handicap is null ? score : Handicap.Of(i, j, score);
    }

    /// <summary>The exact best of each mentee by score, then in canonical order; ascending by mentor.</summary>
    public Candidate[][] Best(int most, CancellationToken stop)
    {
        var best = new Candidate[Rows][];
        Parallel.For(0, Rows, new ParallelOptions { CancellationToken = stop }, () => (Reader: new Reader(this), Keys: new long[Columns]), (i, _, scratch) =>
        {
            var row = scratch.Reader.Of(i);
            var keys = scratch.Keys.AsSpan(0, row.Count);
            for (var k = 0; k < keys.Length; k++) keys[k] = ((long)-row.Scores[k] << 32) | (uint)row.Mentors[k];
            if (keys.Length > most)
            {
                Selection.MoveLeastToFront(keys, most);
                keys = keys[..most];
            }
            var chosen = new Candidate[keys.Length];
            for (var k = 0; k < chosen.Length; k++) chosen[k] = new((int)(keys[k] & 0xFFFFFFFF), (int)-(keys[k] >> 32));
            Array.Sort(chosen, (a, b) => a.Mentor.CompareTo(b.Mentor));
            best[i] = chosen;
            return scratch;
        }, _ => { });
        return best;
    }

    /// <summary>All pairs, or null where there are more than so many.</summary>
    public Candidate[][]? All(long most, CancellationToken stop)
    {
        var (all, reader, count) = (new Candidate[Rows][], new Reader(this), 0L);
        for (var i = 0; i < Rows; i++)
        {
            stop.ThrowIfCancellationRequested();
            var row = reader.Of(i);
            if ((count += row.Count) > most) return null;
            all[i] = new Candidate[row.Count];
            for (var k = 0; k < row.Count; k++) all[i][k] = new(row.Mentors[k], row.Scores[k]);
        }
        return all;
    }

    /// <summary>The problem over some of the pairs, each mentee's ascending by mentor.</summary>
    public AssignmentProblem Problem(Candidate[][] candidates)
    {
        var starts = new int[Rows + 1];
        for (var i = 0; i < Rows; i++) starts[i + 1] = starts[i] + candidates[i].Length;
        var (columns, scores) = (new int[starts[Rows]], new int[starts[Rows]]);
        for (var i = 0; i < Rows; i++)
            for (var k = 0; k < candidates[i].Length; k++)
                (columns[starts[i] + k], scores[starts[i] + k]) = (candidates[i][k].Mentor, candidates[i][k].Score);
        return new(starts, columns, scores, Places, Array.ConvertAll(Table.People.Mentees, m => m.PriorityClass));
    }

    Block OnlyOpen(Block block)
    {
        var (mentors, scores, starts) = (new List<int>(), new List<int>(), new List<int> { 0 });
        for (var r = 1; r < block.Starts.Length; r++)
        {
            for (var k = block.Starts[r - 1]; k < block.Starts[r]; k++)
            {
                if (Places[block.Mentors[k]] == 0) continue;
                mentors.Add(block.Mentors[k]);
                scores.Add(block.Scores[k]);
            }
            starts.Add(mentors.Count);
        }
        return new([.. starts], [.. mentors], [.. scores]);
    }

    /// <summary>One mentee's possible mentors, ascending, and their scores.</summary>
    public readonly ref struct Row(ReadOnlySpan<int> mentors, ReadOnlySpan<int> scores)
    {
        public ReadOnlySpan<int> Mentors { get; } = mentors;

        public ReadOnlySpan<int> Scores { get; } = scores;

        public int Count => Mentors.Length;
    }

    /// <summary>Reads rows, one at a time, with the handicap if there is one: a row stands until the next is read. Not for two threads at once.</summary>
    public sealed class Reader(PossiblePairs pairs)
    {
        PairTable.Row? room;
        int[] mentors = [];
        int[] scores = [];
        int[] counted = [];

        /// <summary>The rules that the pairs of the row computed last break, by mentor. The lowest fit is looked at last: of pairs that another rule blocks it is not known.</summary>
        public ReadOnlySpan<uint> Broken => room!.Broken.AsSpan(0, pairs.Columns);

        public Row Of(int i)
        {
            var row = pairs.blocks[i / BlockRows] is { } block ? Kept(block, i % BlockRows) : Compute(i);
            if (pairs.Handicap is not { } handicap) return row;
            if (counted.Length == 0) counted = new int[pairs.Columns];
            for (var k = 0; k < row.Count; k++) counted[k] = handicap.Of(i, row.Mentors[k], row.Scores[k]);
            return new(row.Mentors, counted.AsSpan(0, row.Count));
        }

        static Row Kept(Block block, int r)
        {
            var (start, end) = (block.Starts[r], block.Starts[r + 1]);
            return new(block.Mentors.AsSpan(start, end - start), block.Scores.AsSpan(start, end - start));
        }

        public Row Compute(int i)
        {
            if (room is null) (room, mentors, scores) = (new(pairs.Columns), new int[pairs.Columns], new int[pairs.Columns]);
            pairs.Table.Read(i, pairs.Regime.Required, room);
            var (count, regime) = (0, pairs.Regime);
            for (var k = 0; k < room.Count; k++)
            {
                var j = room.Mentors[k];
                var score = regime.Score(room.Raw[k], room.Broken[j]);
                if (score < regime.Floor) room.Broken[j] |= RuleRegime.Bit(Rule.MinimumScore);
                if ((room.Broken[j] & regime.Required) != 0 || pairs.Places[j] == 0) continue;
                (mentors[count], scores[count]) = (j, score);
                count++;
            }
            return pairs.PinOf[i] >= 0 ? default : new(mentors.AsSpan(0, count), scores.AsSpan(0, count));
        }
    }
}
