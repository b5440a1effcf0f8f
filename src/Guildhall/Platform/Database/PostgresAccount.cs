using System.Diagnostics;

namespace Guildhall.Platform.Database;

/// <summary>The account that a private PostgreSQL runs under and owns its files with.</summary>
/// <remarks>Everything under the data folder is written through here, so that root never follows a link that this account could have planted.</remarks>
static class PostgresAccount
{
    /// <summary>PostgreSQL refuses to run as root, so root hands it to the account that its Debian package makes; anyone else runs it as themselves.</summary>
    public static readonly string? Name = Environment.IsPrivilegedProcess ? "postgres" : null;

    public static bool Exists => Name is null || File.ReadLines("/etc/passwd").Any(line => line.StartsWith(Name + ':', StringComparison.Ordinal));

    /// <summary>Under this account, and in an environment of its own: PGDATA, PGOPTIONS and the like mean somebody else's server.</summary>
    public static ProcessStartInfo StartInfo(string program, params string[] arguments) => Isolated(program, arguments, Name);

    public static Task<(bool Succeeded, string Output)> RunAsync(string program, string[] arguments, CancellationToken stop) =>
        RunAsync(StartInfo(program, arguments), "", stop);

    public static async Task<bool> CanAsync(string test, string path, CancellationToken stop) => (await RunAsync("test", [test, path], stop)).Succeeded;

    public static async Task RunOrRefuseAsync(string program, string[] arguments, CancellationToken stop, string input = "") =>
        Refuse(program, await RunAsync(StartInfo(program, arguments), input, stop));

    public static async Task MakeFolderAsync(string path, CancellationToken stop)
    {
        string[] arguments = Name is null ? ["--directory", "--mode=0700", path] : ["--directory", "--mode=0700", $"--owner={Name}", path];
        Refuse("install", await RunAsync(Isolated("install", arguments, account: null), "", stop));
    }

    static ProcessStartInfo Isolated(string program, string[] arguments, string? account)
    {
        var start = new ProcessStartInfo(program, arguments) { UserName = account, WorkingDirectory = "/", UseShellExecute = false };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    static void Refuse(string program, (bool Succeeded, string Output) run)
    {
        if (!run.Succeeded)
            throw new DatabaseUnavailableException($"PostgreSQL could not be prepared: {Path.GetFileName(program)} said \"{run.Output.Split('\n')[^1]}\"");
    }

    static async Task<(bool Succeeded, string Output)> RunAsync(ProcessStartInfo start, string input, CancellationToken stop)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.StandardInput.WriteAsync(input.AsMemory(), stop);
        process.StandardInput.Close();
        await process.WaitForExitAsync(stop);
        return (process.ExitCode == 0, (await output + await errors).Trim());
    }
}
