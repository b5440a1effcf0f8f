using System.Globalization;
using Guildhall.Evidence;
using Guildhall.Tests.Platform.Ui;

namespace Guildhall.Tests.Impact;

/// <summary>The worked example of docs/methods/public-results.md.</summary>
public sealed class PublicMethodTests
{
    readonly string[] example = [.. Sources.Read("docs/methods/public-results.md").Split("```example\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    [Fact]
    public void Hides_in_a_second_table_what_would_open_the_first()
    {
        var k = int.Parse(Line("k"), CultureInfo.InvariantCulture);
        var first = ReleasedTables.Next([], Table("first"), k, TestContext.Current.CancellationToken).Required;
        var next = ReleasedTables.Next([first], Table("next"), k, TestContext.Current.CancellationToken).Required;

        Shown(first).ShouldBe(Line("first-shown"));
        Shown(next).ShouldBe(Line("next-shown"));
        ReleasedTables.Openings([first, next], k, TestContext.Current.CancellationToken).ShouldBeEmpty();
    }

    string Line(string name) => string.Join(' ', example.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1));

    long[,] Table(string name)
    {
        var rows = Line(name).Split(',').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(count => long.Parse(count, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var table = new long[rows.Length, rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < rows[0].Length; j++) table[i, j] = rows[i][j];
        return table;
    }

    static string Shown(ReleasedTable released)
    {
        var whole = new List<string>();
        var (rows, columns) = (released.Counts.GetLength(0), released.Counts.GetLength(1));
        for (var i = 0; i <= rows; i++)
            whole.Add(string.Join(' ', Enumerable.Range(0, columns + 1).Select(j => released.IsHidden[i, j] ? "-" : Sum(i, j).ToString(CultureInfo.InvariantCulture))));
        return string.Join(", ", whole);

        long Sum(int row, int column) => (from i in Enumerable.Range(0, rows) where row == rows || i == row from j in Enumerable.Range(0, columns) where column == columns || j == column select released.Counts[i, j]).Sum();
    }
}
