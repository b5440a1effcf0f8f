namespace Guildhall.Modules.Library;

/// <summary>What a change did to one line.</summary>
public enum LineChange { Kept, Removed, Added }

/// <summary>What differs between two texts, line by line: the fewest lines taken out and put in.</summary>
static class LineChanges
{
    // The table of the longest common subsequence has a cell for each pair of lines. Beyond this a text is shown as replaced whole.
    const int MostCells = 4_000_000;

    public static IReadOnlyList<(LineChange Change, string Line)> Between(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        var same = 0;
        while (same < old.Length && same < now.Length && old[same] == now[same]) same++;
        var end = 0;
        while (end < old.Length - same && end < now.Length - same && old[^(end + 1)] == now[^(end + 1)]) end++;

        var changes = new List<(LineChange, string)>();
        changes.AddRange(old.Take(same).Select(line => (LineChange.Kept, line)));
        Middle(old[same..(old.Length - end)], now[same..(now.Length - end)], changes);
        changes.AddRange(old.TakeLast(end).Select(line => (LineChange.Kept, line)));
        return changes;
    }

    static void Middle(string[] old, string[] now, List<(LineChange, string)> changes)
    {
        if ((long)old.Length * now.Length > MostCells)
        {
            changes.AddRange(old.Select(line => (LineChange.Removed, line)));
            changes.AddRange(now.Select(line => (LineChange.Added, line)));
            return;
        }

        // common[i, j]: how many lines old from i on and now from j on have in common.
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                changes.Add((LineChange.Kept, old[i++]));
                j++;
            }
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                changes.Add((LineChange.Removed, old[i++]));
            }
            else
            {
                changes.Add((LineChange.Added, now[j++]));
            }
        }
    }
}
