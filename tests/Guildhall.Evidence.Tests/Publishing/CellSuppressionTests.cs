using Guildhall.Evidence.Numerics;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Publishing;

public class CellSuppressionTests
{
    [Fact]
    public void Every_reference_table_is_protected_with_at_most_twice_the_fewest_cells()
    {
        var cases = Reference.Json("14_cell_suppression").GetProperty("cases").EnumerateObject().ToList();

        cases.Count.ShouldBe(10);
        foreach (var example in cases)
        {
            var table = Table(example.Value.GetProperty("table"));
            var k = example.Value.GetProperty("k").GetInt32();

            var pattern = CellSuppression.Protect(table, k, stop: TestContext.Current.CancellationToken).Required;

            var small = pattern.Ranges.Where(cell => cell.State == HiddenCell.Small).Select(cell => (cell.Row, cell.Column)).ToList();
            small.ShouldBe(example.Value.GetProperty("primary").EnumerateArray().Select(cell => (cell[0].GetInt32(), cell[1].GetInt32())), example.Name);
            pattern.Ranges.ShouldAllBe(cell => cell.State == HiddenCell.Complementary || cell.Upper == null || cell.Upper - cell.Lower >= k, example.Name);
            pattern.Ranges.Count(cell => cell.State == HiddenCell.Complementary).ShouldBeLessThanOrEqualTo(2 * example.Value.GetProperty("fewest_secondary").GetArrayLength(), example.Name);
        }
    }

    [Fact]
    public void The_attacker_finds_what_the_reference_programme_finds()
    {
        foreach (var example in Reference.Json("14_cell_suppression").GetProperty("cases").EnumerateObject())
        {
            var table = Table(example.Value.GetProperty("table"));
            var attacker = new TableAttacker(CellSuppression.WithTotals(table));
            var primary = example.Value.GetProperty("primary").EnumerateArray().Select(cell => (cell[0].GetInt32(), cell[1].GetInt32())).ToList();
            var secondary = example.Value.GetProperty("fewest_secondary").EnumerateArray().Select(cell => (cell[0].GetInt32(), cell[1].GetInt32())).ToList();

            Agrees(primary, "primary_only_intervals");
            Agrees([.. primary, .. secondary], "intervals_after");

            void Agrees(List<(int Row, int Column)> hidden, string name)
            {
                var states = new HiddenCell[table.GetLength(0) + 1, table.GetLength(1) + 1];
                foreach (var (row, column) in hidden) states[row, column] = HiddenCell.Small;
                foreach (var interval in example.Value.GetProperty(name).EnumerateArray())
                {
                    var (lower, upper, _) = attacker.Range(states, interval.GetProperty("cell")[0].GetInt32(), interval.GetProperty("cell")[1].GetInt32());
                    ((double)lower, (double)upper!).ShouldBe((interval.Number("lo"), interval.Number("hi")), $"{example.Name} {interval.GetRawText()}");
                }
            }
        }
    }

    /// <summary>Every whole table that fits what is shown, counted one by one, on random small tables with small totals among them.</summary>
    [Fact]
    public void Nobody_who_tries_every_table_can_narrow_a_small_cell_down()
    {
        const int K = 3;
        var random = new SplitMix(11);
        var (isProtected, refused) = (0, 0);
        for (var run = 0; run < 150; run++)
        {
            var table = new long[2, 2 + run % 2];
            for (var i = 0; i < table.GetLength(0); i++)
                for (var j = 0; j < table.GetLength(1); j++) table[i, j] = random.Below(3) == 0 ? random.Below(3) : random.Below(9);
            var pattern = CellSuppression.Protect(table, K);
            if (pattern.Value is null)
            {
                refused++;
                pattern.Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
                continue;
            }
            isProtected++;
            // Six hidden inner cells are too many to try every table.
            if (pattern.Value.Ranges.Count(cell => cell.Row < 2 && cell.Column < pattern.Value.Columns) > 5) continue;
            var (low, high) = Possible(pattern.Value, most: 14);
            foreach (var cell in pattern.Value.Ranges)
            {
                if (cell.State == HiddenCell.Small) (high[cell.Row, cell.Column] - low[cell.Row, cell.Column]).ShouldBeGreaterThanOrEqualTo(K, $"run {run}");
                low[cell.Row, cell.Column].ShouldBe(cell.Lower, $"run {run}");
                if (cell.Upper is { } upper && upper <= 14) high[cell.Row, cell.Column].ShouldBe(upper, $"run {run}");
                pattern.Value.Shown(cell.Row, cell.Column).ShouldBeNull();
            }
        }
        isProtected.ShouldBeGreaterThan(100);
        refused.ShouldBeLessThan(50);
    }

    [Fact]
    public void A_sensitive_cell_is_hidden_like_a_small_one()
    {
        var pattern = CellSuppression.Protect(new long[,] { { 20, 30, 25 }, { 40, 35, 50 }, { 22, 28, 60 } }, 10, new[,] { { true, false, false }, { false, false, false }, { false, false, false } }).Required;

        pattern.At(0, 0).ShouldBe(HiddenCell.Small);
        pattern.Ranges.Count.ShouldBe(4);
        pattern.Shown(1, 1).ShouldBe(pattern.At(1, 1) == HiddenCell.Shown ? 35 : null);
        pattern.Shown(3, 3).ShouldBe(310);
    }

    [Fact]
    public void A_table_without_small_cells_is_shown_whole()
    {
        var pattern = CellSuppression.Protect(new long[,] { { 10, 0 }, { 20, 30 } }).Required;

        pattern.Ranges.ShouldBeEmpty();
        pattern.Shown(0, 1).ShouldBe(0);
    }

    [Fact]
    public void Money_is_not_published_when_one_or_two_sellers_make_it_up()
    {
        Disclosure.IsDominated([51, 20, 29]).ShouldBeTrue();
        Disclosure.IsDominated([50, 26, 24]).ShouldBeTrue();
        Disclosure.IsDominated([50, 25, 25]).ShouldBeFalse();
        Disclosure.IsDominated([30, 30]).ShouldBeTrue();
        Disclosure.IsDominated([0, 0]).ShouldBeFalse();
        Disclosure.IsolatesFew(new HashSet<int>(Enumerable.Range(0, 100)), new HashSet<int>(Enumerable.Range(0, 109))).ShouldBeTrue();
        Disclosure.IsolatesFew(new HashSet<int>(Enumerable.Range(0, 100)), new HashSet<int>(Enumerable.Range(0, 110))).ShouldBeFalse();
        Disclosure.IsolatesFew(new HashSet<int>(Enumerable.Range(0, 100)), new HashSet<int>(Enumerable.Range(3, 97))).ShouldBeTrue();
        Disclosure.IsolatesFew(new HashSet<int>([1, 2]), new HashSet<int>([1, 2])).ShouldBeFalse();
        Disclosure.Rounded(12).ShouldBe(10);
        Disclosure.Rounded(13).ShouldBe(15);
    }

    static (long[,] Low, long[,] High) Possible(CellSuppression pattern, int most)
    {
        var (rows, columns) = (pattern.Rows, pattern.Columns);
        var (low, high) = (new long[rows + 1, columns + 1], new long[rows + 1, columns + 1]);
        for (var i = 0; i <= rows; i++)
            for (var j = 0; j <= columns; j++) (low[i, j], high[i, j]) = (long.MaxValue, long.MinValue);
        var inner = new long[rows, columns];
        Fill(0);
        return (low, high);

        void Fill(int at)
        {
            if (at == rows * columns)
            {
                var whole = CellSuppression.WithTotals(inner);
                for (var i = 0; i <= rows; i++)
                    for (var j = 0; j <= columns; j++)
                        if (pattern.Shown(i, j) is { } shown && shown != whole[i, j]) return;
                for (var i = 0; i <= rows; i++)
                    for (var j = 0; j <= columns; j++) (low[i, j], high[i, j]) = (Math.Min(low[i, j], whole[i, j]), Math.Max(high[i, j], whole[i, j]));
                return;
            }
            var (row, column) = (at / columns, at % columns);
            if (pattern.Shown(row, column) is { } known)
            {
                inner[row, column] = known;
                Fill(at + 1);
                return;
            }
            var left = pattern.Shown(row, columns) is { } total ? total - Enumerable.Range(0, column).Sum(j => inner[row, j]) : most;
            for (long value = 0; value <= Math.Min(left, most); value++)
            {
                inner[row, column] = value;
                Fill(at + 1);
            }
        }
    }

    static long[,] Table(System.Text.Json.JsonElement rows)
    {
        var lines = rows.EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt64()).ToArray()).ToArray();
        var table = new long[lines.Length, lines[0].Length];
        for (var i = 0; i < lines.Length; i++)
            for (var j = 0; j < lines[0].Length; j++) table[i, j] = lines[i][j];
        return table;
    }
}
