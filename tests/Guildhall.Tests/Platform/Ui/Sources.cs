namespace Guildhall.Tests.Platform.Ui;

/// <summary>The sources this build was made from, for tests that read them.</summary>
static class Sources
{
    static readonly string root = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(root, path));

    public static IEnumerable<(string Path, string Text)> All(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
            .Select(file => (Path.GetRelativePath(root, file), File.ReadAllText(file)));

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Guildhall.slnx")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException("These tests read the sources: run them from a clone.");
    }
}
