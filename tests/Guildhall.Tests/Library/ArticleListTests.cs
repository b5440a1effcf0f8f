using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Library;

/// <summary>The editors' list and the readers': search, filters, pages, and what they ask of the database.</summary>
public sealed class ArticleListTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Finds_words_in_title_summary_and_text_the_best_first()
    {
        var scene = await LibraryScene.Given(product);
        using var reader = await scene.GivenSeller();
        await scene.GivenPublished("Glazes for beginners", "About kilns.");
        await scene.GivenPublished("Kiln repairs", "Nothing else.");
        await scene.GivenDraft("Kilns that nobody sees");

        var staff = await scene.Editor.Page("/manage/playbooks?q=kiln");
        var read = await reader.Page("/me/learn?q=kiln");
        var phrase = await reader.Page("/me/learn?q=%22kiln+repairs%22+-glazes");

        staff.QuerySelectorAll("tbody th").Length.ShouldBe(3);
        read.QuerySelectorAll(".found a").Select(link => link.TextContent).ShouldBe(["Kiln repairs", "Glazes for beginners"]);
        phrase.QuerySelectorAll(".found a").Select(link => link.TextContent).ShouldBe(["Kiln repairs"]);
    }

    [Fact]
    public async Task Finds_the_words_of_the_plans_steps()
    {
        var scene = await LibraryScene.Given(product);
        using var reader = await scene.GivenSeller();

        (await reader.Page("/me/learn?q=apostrophe-free+slip")).QuerySelectorAll(".found a").ShouldBeEmpty();
        (await reader.Page("/me/learn?kind=Checklist&q=slip+weeks")).QuerySelectorAll(".found a").Select(link => link.TextContent).ShouldBe(["Your first 90 days"]);
    }

    [Theory]
    [InlineData("'; DROP TABLE library.article; --")]
    [InlineData("\"")]
    [InlineData("& | ! ( ) :* <->")]
    [InlineData("-")]
    [InlineData("the and of")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("%_%")]
    [InlineData("\\")]
    [InlineData("or or or")]
    [InlineData("long")]
    [InlineData("𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u200f 包装")]
    public async Task Answers_every_search_calmly(string words)
    {
        var scene = await LibraryScene.Given(product);
        using var reader = await scene.GivenSeller();
        if (words == "long") words = string.Join(' ', Enumerable.Repeat("(a or \"b\") -c", 150));

        foreach (var (browser, path) in new[] { (scene.Editor, "/manage/playbooks"), (reader, "/me/learn"), (reader, "/mentor/playbooks"), (scene.Editor, "/learn") })
        {
            var answer = await browser.Get($"{path}?q={Uri.EscapeDataString(words)}&kind=nonsense&topic={Uri.EscapeDataString(words[..1])}&show=x&page=-3");
            answer.Status.ShouldBe(HttpStatusCode.OK, path);
            answer.Page.QuerySelectorAll("script:not([src])").ShouldBeEmpty(path);
        }

        (await scene.Editor.Get("/manage/playbooks?q=%00")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Shows_each_side_what_is_for_it_and_staff_everything()
    {
        var scene = await LibraryScene.Given(product);
        using var seller = await scene.GivenSeller();
        await scene.GivenPublished("Sidewise for mentees", audience: "Mentee");
        await scene.GivenPublished("Sidewise for mentors", audience: "Mentor");
        await scene.GivenPublished("Sidewise for both");

        string[] Titles(AngleSharp.Dom.IDocument page) => [.. page.QuerySelectorAll(".found a").Select(link => link.TextContent)];
        Titles(await seller.Page("/me/learn?q=sidewise")).ShouldBe(["Sidewise for both", "Sidewise for mentees"]);
        Titles(await seller.Page("/mentor/playbooks?q=sidewise")).ShouldBe(["Sidewise for both", "Sidewise for mentors"]);
        Titles(await scene.Editor.Page("/learn?q=sidewise")).Length.ShouldBe(3);
        (await seller.Get("/me/learn/sidewise-for-mentors")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await seller.Get("/mentor/playbooks/sidewise-for-mentees")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await seller.Get("/learn/sidewise-for-mentors")).Location.ShouldBe("/mentor/playbooks/sidewise-for-mentors");
        (await seller.Get("/learn/sidewise-for-both")).Location.ShouldBe("/me/learn/sidewise-for-both");
        (await seller.Get("/learn")).Location.ShouldBe("/me/learn");
    }

    [Fact]
    public async Task Pages_through_hundreds_with_as_many_queries_as_for_few()
    {
        var scene = await LibraryScene.Given(product);
        using var reader = await scene.GivenSeller();
        async Task<(int Staff, int Reader)> Queries() => (
            await QueryCount.Of(product.Database, () => scene.Editor.Page("/manage/playbooks")), await QueryCount.Of(product.Database, () => reader.Page("/me/learn")));
        await scene.GivenPublished("Few");
        var few = await Queries();
        await GivenMany(230);

        var many = await Queries();
        var first = await scene.Editor.Page("/manage/playbooks?kind=Template");
        var last = await scene.Editor.Page("/manage/playbooks?kind=Template&page=5");
        var beyond = await reader.Page($"/me/learn?kind=Template&page={int.MaxValue}");
        var next = first.QuerySelector("a[rel=next]")!.GetAttribute("href");

        many.ShouldBe(few);
        many.Staff.ShouldBeInRange(4, 8);
        many.Reader.ShouldBeInRange(3, 6);
        (first.QuerySelectorAll("tbody tr").Length, last.QuerySelectorAll("tbody tr").Length, beyond.QuerySelectorAll(".found li").Length).ShouldBe((50, 30, 30));
        first.QuerySelector(".gh-foot")!.TextContent.ShouldContain("1 to 50 of 230");
        next.ShouldBe("/manage/playbooks?kind=Template&page=2");
        await product.Database.ExecuteAsync("DELETE FROM library.article WHERE kind = 'Template'");
    }

    [Fact]
    public async Task Searches_by_the_index_once_there_is_much_to_search()
    {
        await GivenMany(3_000);
        await product.Database.ExecuteAsync("UPDATE library.article_version v SET body = 'Rarely seen gooseberries' FROM library.article a WHERE a.id = v.article_id AND a.slug IN ('many-7', 'many-70')");
        await product.Database.ExecuteAsync("ANALYZE library.article; ANALYZE library.article_version");

        var plan = await product.Database.ScalarAsync<string>("""
            SELECT string_agg(line, E'\n') FROM library_plan($q$
                SELECT a.slug, v.title FROM library.article a JOIN library.article_version v ON a.id = v.article_id AND a.published_number = v.number
                WHERE a.state = 'Published' AND a.review_by >= '2026-11-21' AND (a.audience = 'Both' OR a.audience = 'Mentee') AND v.search @@ websearch_to_tsquery('english', 'gooseberries')
                ORDER BY ts_rank_cd(v.search, websearch_to_tsquery('english', 'gooseberries')) DESC, v.title, a.id LIMIT 50 $q$) line
            """.Replace("library_plan", await GivenExplain(), StringComparison.Ordinal));

        plan.ShouldContain("Bitmap Index Scan on ix_article_version_search");
        plan.ShouldNotContain("Seq Scan");
        await product.Database.ExecuteAsync("DELETE FROM library.article WHERE kind = 'Template'");
    }

    // EXPLAIN gives its lines only to whoever runs it as a statement.
    async Task<string> GivenExplain()
    {
        await product.Database.ExecuteAsync("""
            CREATE OR REPLACE FUNCTION explained(query text) RETURNS SETOF text LANGUAGE plpgsql AS $f$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN ' || query; END $f$
            """);
        return "explained";
    }

    Task GivenMany(int count) => product.Database.ExecuteAsync($"""
        WITH made AS (
            INSERT INTO library.article (id, slug, kind, topics, stage, audience, review_by, state, latest_number, published_number, is_plan, created_at)
            SELECT gen_random_uuid(), 'many-' || n, 'Template', ARRAY['pricing'], 'Any', 'Both', '2027-05-01', 'Published', 1, 1, false, now() FROM generate_series(1, {count}) n RETURNING id, slug)
        INSERT INTO library.article_version (article_id, number, title, summary, body, changed_by, changed_at)
        SELECT id, 1, slug, 'One of many', repeat('Ordinary words about ordinary parcels. ', 20) || slug, '00000000-0000-0000-0000-000000000000', now() FROM made
        """);
}
