using System.Diagnostics;
using Guildhall.Tests.Platform;

namespace Guildhall.Tests.Commands;

/// <summary>The real program, run once to its end.</summary>
/// <param name="Errors">The lines of its error stream.</param>
sealed record ProgramRun(int ExitCode, string Output, IReadOnlyList<string> Errors)
{
    public static async Task<ProgramRun> Of(IEnumerable<string> arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(ServingProcess.Program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var stop = TestContext.Current.CancellationToken;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
            await process.WaitForExitAsync(stop);
            return new ProgramRun(process.ExitCode, await output, (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
