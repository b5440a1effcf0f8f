namespace Guildhall.Tests.Sellers;

/// <summary>The Olist files, where they are at hand; they are never part of this repository.</summary>
static class RealMarketplace
{
    /// <summary>Skips the calling test, saying why, when the files aren't there.</summary>
    public static string File(string name)
    {
        var path = Path.Combine(Folder(), name);
        Assert.SkipUnless(System.IO.File.Exists(path), $"The real marketplace's files aren't here ({path}). Put them beside the checkout or set GUILDHALL_REAL_DATA.");
        return path;
    }

    static string Folder()
    {
        if (Environment.GetEnvironmentVariable("GUILDHALL_REAL_DATA") is { Length: > 0 } given) return given;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "shared", "data", "olist");
            if (Directory.Exists(beside)) return beside;
        }
        return Path.Combine("..", "shared", "data", "olist");
    }
}
