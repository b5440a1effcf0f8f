using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Programs;

/// <summary>The page that says what each version of a program's rules changed.</summary>
public sealed class VersionsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Says_who_changed_what_and_when()
    {
        var scene = await GivenOpenProgram();
        await SetLength(scene, 8);

        var page = await scene.Manager.Page(Path(scene));

        page.QuerySelectorAll("tbody tr").Select(row => row.QuerySelector("th")!.TextContent).ShouldBe(["Version 2", "Version 1"]);
        page.QuerySelector("tbody tr")!.TextContent.ShouldContain("Dana Reyes");
        page.QuerySelector("tbody tr")!.TextContent.ShouldContain("The length changed from 13 weeks to 8 weeks.");
        page.QuerySelector("tbody tr:last-child")!.TextContent.ShouldContain("The first version.");
        page.QuerySelector("tbody tr td")!.TextContent.ShouldContain("2026");
    }

    [Fact]
    public async Task Lists_them_a_page_at_a_time_with_as_many_questions()
    {
        var scene = await GivenOpenProgram();
        var before = await QueryCount.Of(product.Database, () => scene.Manager.Page(Path(scene)));
        await product.Database.ExecuteAsync($"""
            INSERT INTO programs.program_version (program_id, number, design, changed_by, changed_at)
            SELECT v.program_id, n, jsonb_set(v.design, ARRAY['structure', 'lengthWeeks'], to_jsonb(13 + n)), v.changed_by, v.changed_at
            FROM programs.program_version v JOIN programs.program p ON p.id = v.program_id AND p.slug = '{scene.Slug}' CROSS JOIN generate_series(2, 61) n
            """);

        var numbers = new List<string>();
        string? next = Path(scene);
        for (var pages = 0; next is not null && pages < 5; pages++)
        {
            var page = await scene.Manager.Page(next);
            numbers.AddRange(page.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
            page.QuerySelectorAll("tbody tr").Count(row => row.TextContent.Contains("nothing reads differently", StringComparison.Ordinal)).ShouldBe(0);
            next = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        numbers.ShouldBe(Enumerable.Range(1, 61).Reverse().Select(number => $"Version {number}"));
        (await QueryCount.Of(product.Database, () => scene.Manager.Page(Path(scene)))).ShouldBe(before);
    }

    [Fact]
    public async Task Knows_no_versions_of_a_program_that_is_not_there() =>
        (await (await product.Manager()).Get("/manage/nothing/setup/versions")).Status.ShouldBe(HttpStatusCode.NotFound);

    async Task<ProgramScene> GivenOpenProgram()
    {
        var scene = await ProgramScene.GivenProgram(product);
        (await scene.Manager.Post($"/manage/{scene.Slug}/setup/publish", ("seen", await Seen(scene)))).Location.ShouldNotBeNull();
        return scene;
    }

    static async Task SetLength(ProgramScene scene, int weeks) => (await scene.Manager.Post(
        $"/manage/{scene.Slug}/setup/stages", ("LengthWeeks", $"{weeks}"), ("TrialWeeks", "2"), ("TouchpointsAWeek", "1"), ("SessionMinutes", "45"), ("seen", await Seen(scene)))).Location.ShouldNotBeNull();

    static async Task<string> Seen(ProgramScene scene) => (await scene.Manager.Page($"/manage/{scene.Slug}/setup/name")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    static string Path(ProgramScene scene) => $"/manage/{scene.Slug}/setup/versions";
}
