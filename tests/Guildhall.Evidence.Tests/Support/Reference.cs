using System.Runtime.CompilerServices;
using System.Text.Json;
using Guildhall.Benchmarks;

namespace Guildhall.Evidence.Tests.Support;

/// <summary>
/// Certified inputs and outputs. Those free of any licence lie in tests/Reference; the others are read where they are, in the folder that GUILDHALL_REFERENCE names or in shared/reference beside the checkout, and
/// their tests are skipped where there is none.
/// </summary>
static class Reference
{
    public static JsonElement Json(string set, string file = "expected.json") => JsonDocument.Parse(File.ReadAllText(Find(set, file))).RootElement;

    public static ReferenceTable Table(string set, string file = "data.csv") => new(File.ReadAllLines(Find(set, file)));

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(Number)];

    /// <summary>NaN for null.</summary>
    public static double Number(this JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetDouble() : double.NaN;

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).Number();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    static string Find(string set, string file, [CallerFilePath] string here = "")
    {
        var tests = Path.Combine(Path.GetDirectoryName(here)!, "..", "..");
        var candidates = new List<string> { Path.Combine(tests, "Reference") };
        if (Environment.GetEnvironmentVariable("GUILDHALL_REFERENCE") is { Length: > 0 } given) candidates.Add(given);
        for (var folder = new DirectoryInfo(Path.GetFullPath(tests)); folder is not null; folder = folder.Parent) candidates.Add(Path.Combine(folder.FullName, "shared", "reference"));
        var found = candidates.Select(folder => Path.Combine(folder, set, file)).FirstOrDefault(File.Exists);
        if (found is null) Assert.Skip($"Reference set {set} isn’t here. Its licence keeps it out of the repository; put it into shared/reference beside the checkout, or name its folder in GUILDHALL_REFERENCE.");
        return found;
    }
}
