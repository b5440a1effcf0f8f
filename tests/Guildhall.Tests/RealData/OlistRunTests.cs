using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Guildhall.Commands;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Tests.Sellers;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.RealData;

/// <summary>The whole main job on the real marketplace as of 1 June 2018: docs/real-run.md holds the same figures.</summary>
public sealed class OlistRunTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("guildhall-real-").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Matches_as_recorded_from_nothing_that_came_later_and_holds_to_the_bare_checker()
    {
        using var scene = new ImportScene(database);
        await OlistProgram.Open(scene.Services, Stop);

        var first = await Run(scene.Services);

        var (summary, verdict) = (first.Head.Summary, first.Head.Verdict);
        (summary.Mentors, summary.Mentees, summary.Places, summary.Matched).ShouldBe((63, 832, 189, 189));
        (summary.PossiblePairs, summary.TotalScore).ShouldBe((11_927, 126_859_875));
        verdict.CheckedPairs.ShouldBe(summary.PossiblePairs);
        first.Notes.ShouldStartWith("Hours, style, contact and unknown languages of 895 of 895 people are assumed");

        await CheckFromFiles(scene.Services, first);

        await ForgetEverythingAfter(OlistProgram.AsOf);
        var second = await Run(scene.Services);
        Text(second.ReadInput()).ShouldBe(Text(first.ReadInput()));
        Text(second.ReadResult().Pairs).ShouldBe(Text(first.ReadResult().Pairs));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static async Task<CompletedRun> Run(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<RunMatching>().Run(OlistProgram.Slug, Actor.Product, Stop)).Value.ShouldNotBeNull();
    }

    /// <summary>What the commands `match`, `assign` and `assign check` make of the files of a run: the same, by another way.</summary>
    async Task CheckFromFiles(IServiceProvider services, CompletedRun run)
    {
        RunFiles.Write(folder, (await services.GetRequiredService<OpenMatches>().Open(run.Id, Stop)).ShouldNotBeNull(), Stop);
        var command = new RootCommand { Match.Build(), Assign.Build() };
        int Execute(params string[] line) => command.Parse([.. line.Select(word => word.Replace("./", folder + "/", StringComparison.Ordinal))]).Invoke(new() { Output = TextWriter.Null, Error = Console.Error });

        Execute("match", "--mentees", "./mentees.ndjson", "--mentors", "./mentors.ndjson", "--settings", "./settings.json", "--out", "./run.json").ShouldBe(0);
        Execute("assign", "--pairs", "./pairs.csv", "--mentors", "./places.csv", "--mentees", "./priorities.csv", "--out", "./result.json").ShouldBe(0);
        Execute("assign", "check", "--pairs", "./pairs.csv", "--mentors", "./places.csv", "--mentees", "./priorities.csv", "--result", "./result.json").ShouldBe(0);

        File.ReadLines(Path.Combine(folder, "pairs.csv")).LongCount().ShouldBe(1 + run.Head.Summary.PossiblePairs);
        Number("run.json", "summary", "totalScore").ShouldBe(run.Head.Summary.TotalScore);
        Number("result.json", "totalScore").ShouldBe(run.Head.Summary.TotalScore / 1_000_000m);
    }

    decimal Number(string file, params string[] path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, file)));
        return path.Aggregate(json.RootElement, (element, name) => element.GetProperty(name)).GetDecimal();
    }

    /// <summary>Makes the database what it could have been at the end of the day: no later row, no lifetime figure, no delivery that was still to come.</summary>
    Task ForgetEverythingAfter(DateOnly day) => database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
        DELETE FROM sellers.event WHERE happened_on > '{day:yyyy-MM-dd}';
        UPDATE sellers.event SET status = 'shipped', delivered_on = NULL, review = NULL, is_late = NULL WHERE delivered_on > '{day:yyyy-MM-dd}';
        DELETE FROM sellers.seller_day WHERE day > '{day:yyyy-MM-dd}';
        DELETE FROM sellers.listing WHERE listed_on > '{day:yyyy-MM-dd}';
        UPDATE sellers.listing SET price_minor_units = NULL WHERE last_sold_on > '{day:yyyy-MM-dd}' AND lowest_price_minor_units <> highest_price_minor_units;
        UPDATE sellers.listing SET items_sold = NULL, last_sold_on = NULL, lowest_price_minor_units = NULL, highest_price_minor_units = NULL;
        UPDATE sellers.seller SET category = NULL, categories = NULL, signed_up_on = NULL WHERE signed_up_on > '{day:yyyy-MM-dd}' OR category IS NOT NULL;
        """));

    static string Text<T>(T value) => JsonSerializer.Serialize(value, JsonColumns.Options);
}
