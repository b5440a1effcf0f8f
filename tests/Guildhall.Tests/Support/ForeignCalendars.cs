using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Guildhall.Tests.Support;

/// <summary>An event as a foreign program reads it.</summary>
/// <param name="From">Milliseconds since 1970.</param>
/// <param name="Parts">Components inside it; none in ours.</param>
sealed record ForeignEvent(string Uid, long From, long Until, string Summary, string Description, int Sequence, IReadOnlyList<string> Properties, int Parts);

/// <summary>Programs of others that read calendars: ical.js, icalendar for Python, vdirsyncer and khal. `./guildhall test` installs them.</summary>
static class ForeignCalendars
{
    const string Python = "/usr/bin/python3";

    static readonly string folder = Path.Combine(Path.GetDirectoryName(Here())!, "Calendars");
    static readonly JsonSerializerOptions names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>By the zones that the calendar itself describes.</summary>
    public static Task<IReadOnlyList<ForeignEvent>> IcalJs(string calendar) => Events("node", "instants.mjs", calendar);

    /// <summary>By the zones of the machine, found by their IANA names.</summary>
    public static Task<IReadOnlyList<ForeignEvent>> Icalendar(string calendar) => Events(Python, "instants.py", calendar);

    /// <summary>By the zones that the calendar itself describes.</summary>
    public static Task<IReadOnlyList<ForeignEvent>> IcalendarByOwnZones(string calendar) => Events(Python, "instants.py", calendar, "own");

    /// <summary>A mail as email for Python reads it.</summary>
    public static async Task<JsonElement> MailParts(string file) => JsonDocument.Parse(await Run(Python, null, Path.Combine(folder, "parts.py"), file)).RootElement;

    /// <summary>Runs a program to its end, three minutes at most.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> Run(string program, IReadOnlyDictionary<string, string>? environment, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start. ./guildhall test installs it.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }

    static async Task<IReadOnlyList<ForeignEvent>> Events(string program, string script, string calendar, params IReadOnlyList<string> more)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, calendar, TestContext.Current.CancellationToken);
            return [.. (await Run(program, null, [Path.Combine(folder, script), file, .. more])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<ForeignEvent>(line, names)!)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    static string Here([CallerFilePath] string path = "") => path;
}
