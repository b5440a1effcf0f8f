using System.Diagnostics;

namespace Guildhall.Tests.Platform;

/// <summary>The real program, serving from a data folder until it is told to stop or killed.</summary>
sealed class ServingProcess : IDisposable
{
    readonly Process process;

    ServingProcess(Process process) => this.process = process;

    public static string Program => Path.Combine(AppContext.BaseDirectory, "guildhall");

    /// <summary>Starts it and returns when it answers requests.</summary>
    public static Task<ServingProcess> StartAsync(string dataFolder, string? account = null) => StartAsync([("GUILDHALL_DATA", dataFolder), ("GUILDHALL_DATABASE", "")], account);

    public static async Task<ServingProcess> StartAsync(IEnumerable<(string Name, string Value)> settings, string? account = null)
    {
        var start = new ProcessStartInfo(Program, ["serve", "--urls", "http://127.0.0.1:0"])
        {
            UserName = account,
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var serving = new ServingProcess(Process.Start(start)!);
        serving.Address = new((await serving.LineWithAsync("Guildhall is running on ")).Split(' ')[^1]);
        return serving;
    }

    /// <summary>Where it says that it runs.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The next line that says this; the log writes lines of its own between others.</summary>
    public async Task<string> LineWithAsync(string words)
    {
        List<string> others = [];
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal)) return line;
            others.Add(line);
        }

        throw new InvalidOperationException($"It ended without “{words}”. It said: {string.Join('\n', others)}");
    }

    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>kill -9: it runs no more code of its own.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
