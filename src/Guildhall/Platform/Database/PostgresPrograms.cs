using System.Diagnostics;
using System.Globalization;

namespace Guildhall.Platform.Database;

/// <summary>PostgreSQL's programs on this machine, of one version.</summary>
sealed class PostgresPrograms
{
    public const int OldestVersion = 15;

    const string DebianPrograms = "/usr/lib/postgresql";

    readonly string folder;

    PostgresPrograms(string folder, int version) => (this.folder, Version) = (folder, version);

    public int Version { get; }

    public string this[string program] => Path.Combine(folder, program);

    /// <summary>The newest, or the one whose version made the cluster: a cluster opens with its own version only.</summary>
    public static PostgresPrograms Find(int? clusterVersion)
    {
        var found = Installed().Where(programs => programs.Version >= OldestVersion).OrderByDescending(programs => programs.Version).ToList();
        if (clusterVersion is { } version)
        {
            return found.Find(programs => programs.Version == version)
                ?? throw new DatabaseUnavailableException($"The data folder was made by PostgreSQL {version}, which is not installed. Install it with: apt-get install postgresql-{version}");
        }
        return found.Count > 0 ? found[0]
            : throw new DatabaseUnavailableException($"There is no PostgreSQL {OldestVersion} or later on this machine. Install it with: apt-get install postgresql. Or set GUILDHALL_DATABASE to one elsewhere.");
    }

    static IEnumerable<PostgresPrograms> Installed()
    {
        var packaged = Directory.Exists(DebianPrograms) ? Directory.GetDirectories(DebianPrograms).Select(version => Path.Combine(version, "bin")) : [];
        var searched = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        foreach (var candidate in packaged.Concat(searched))
        {
            if (File.Exists(Path.Combine(candidate, "initdb")) && File.Exists(Path.Combine(candidate, "postgres")) && VersionOf(candidate) is { } version)
                yield return new PostgresPrograms(candidate, version);
        }
    }

    static int? VersionOf(string candidate)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(candidate, "postgres"), ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        var words = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return words.Length > 2 && int.TryParse(words[2].Trim().Split('.')[0], CultureInfo.InvariantCulture, out var version) ? version : null;
    }
}
