namespace Guildhall.Benchmarks;

/// <summary>The options of a benchmark: `--name value` pairs and bare `--flags`.</summary>
internal sealed class Options
{
    readonly Dictionary<string, string> values = [];

    public Options(string[] args)
    {
        for (var k = 0; k < args.Length; k++)
        {
            if (!args[k].StartsWith("--", StringComparison.Ordinal))
                throw new ArgumentException($"{args[k]} stands where an option is expected.", nameof(args));
            var hasValue = k + 1 < args.Length && !args[k + 1].StartsWith("--", StringComparison.Ordinal);
            values[args[k][2..]] = hasValue ? args[++k] : "";
        }
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string Get(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);

    public string[] List(string name, string otherwise) => Get(name, otherwise).Split(',', StringSplitOptions.RemoveEmptyEntries);
}
