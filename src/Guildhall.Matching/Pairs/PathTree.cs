namespace Guildhall.Matching;

/// <summary>Distances in a tree whose nodes are named by paths from the root, "home/kitchen/tableware".</summary>
static class PathTree
{
    /// <summary>2c / (a + b) for depths a and b and c levels in common: 1 for equal paths, 0 for different roots. One minus the path distance over the greatest it could be.</summary>
    public static double Closeness(string first, string second) => Closeness(Levels(first), Levels(second));

    public static double Closeness(string[] a, string[] b) => 2.0 * CommonLevels(a, b) / (a.Length + b.Length);

    public static string CommonBranch(string first, string second)
    {
        var levels = Levels(first);
        return string.Join('/', levels.Take(CommonLevels(levels, Levels(second))));
    }

    public static bool IsUnder(string path, string branch) =>
        path.StartsWith(branch, StringComparison.Ordinal) && (path.Length == branch.Length || path[branch.Length] == '/');

    public static string[] Levels(string path) => path.Split('/');

    public static int CommonLevels(string[] a, string[] b)
    {
        var c = 0;
        while (c < a.Length && c < b.Length && a[c] == b[c]) c++;
        return c;
    }
}
