using System.IO.Compression;
using System.Net;
using System.Text;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>The import as its pages lead through it, over HTTP, on an installation with a named marketplace.</summary>
public sealed class ImportPageTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string Import = "/settings/import";
    const string DaysHeader = "seller_id,day,orders,revenue\n";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_days_with_money_from_upload_to_done()
    {
        var browser = await NamedMarketplace();
        await Imported(browser, "sellers", "sellers.csv", "seller_id\nmoney\n"u8);

        var page = await Upload(browser, "days", "days.csv", Encoding.UTF8.GetBytes(DaysHeader + "money,2018-05-01,3,120.50\nmoney,2018-05-02,0,\n"));
        var mapping = await browser.Page(page);
        mapping.QuerySelector("select[name='column:revenue'] option[selected]")!.GetAttribute("value").ShouldBe("revenue");
        (await Check(browser, page)).Location.ShouldBe(page);
        (await Settled(page)).ShouldBe("Checked");
        (await browser.Get(page)).Words.ShouldContain("2 rows were read and none needs a fix.");
        (await browser.Post($"{page}/take", ("skipBadRows", "false"))).Location.ShouldBe(page);
        (await Settled(page)).ShouldBe("Done");

        (await browser.Get(page)).Words.ShouldContain("2 new, 0 changed, 0 unchanged.");
        (await browser.Get(Import)).Words.ShouldContain("days.csv");
        (await product.Database.ScalarAsync<string>("""
            SELECT string_agg(d.day || ' ' || d.orders || ' ' || coalesce(d.revenue_minor_units::text, 'not known'), ', ' ORDER BY d.day)
            FROM sellers.seller_day d JOIN sellers.seller s ON s.id = d.seller_id WHERE s.external_id = 'money'
            """)).ShouldBe("2018-05-01 3 12050, 2018-05-02 0 not known");
    }

    [Fact]
    public async Task Takes_gzipped_lines_of_json_with_money()
    {
        var browser = await NamedMarketplace();
        await Imported(browser, "sellers", "sellers.ndjson", "{\"seller_id\":\"lines\"}\n"u8);

        var page = await Imported(browser, "events", "events.ndjson.gz", Packed("{\"seller_id\":\"lines\",\"event_id\":\"1\",\"happened_on\":\"2018-05-01\",\"revenue\":12.5}\n"));

        (await browser.Get(page)).Words.ShouldContain("1 new, 0 changed, 0 unchanged.");
        (await product.Database.ScalarAsync<long>("SELECT revenue_minor_units FROM sellers.event e JOIN sellers.seller s ON s.id = e.seller_id WHERE s.external_id = 'lines'")).ShouldBe(1250);
    }

    [Fact]
    public async Task Refuses_a_file_it_cannot_read_on_the_page_where_it_was_chosen()
    {
        var browser = await NamedMarketplace();
        var before = await Imports();

        var workbook = await browser.Upload(Import, "days.xlsx", "PK\u0003\u0004workbook"u8.ToArray(), ("kind", "days"));
        var unnamed = await browser.Upload(Import, "days.csv", "seller_id,day\na,2018-05-01\n"u8.ToArray(), ("kind", "people"));
        var empty = await browser.Upload(Import, "empty.csv", [], ("kind", "days"));

        (workbook.Status, workbook.Page.QuerySelector(".errsum a")!.GetAttribute("href")).ShouldBe((HttpStatusCode.UnprocessableEntity, "#file"));
        workbook.Words.ShouldContain("This is a spreadsheet or an archive, not a text file. Nothing was imported.");
        (unnamed.Status, unnamed.Page.QuerySelector(".errsum a")!.GetAttribute("href")).ShouldBe((HttpStatusCode.UnprocessableEntity, "#kind"));
        empty.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Imports()).ShouldBe(before);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM sellers.import_chunk c LEFT JOIN sellers.import i ON i.id = c.import_id WHERE i.id IS NULL OR i.bytes = 0")).ShouldBe(0);
    }

    [Fact]
    public async Task Shows_a_hostile_file_name_as_text()
    {
        var browser = await NamedMarketplace();

        var page = await Upload(browser, "sellers", "../../<img src=x onerror=alert(1)>.csv", "seller_id\nhostile\n"u8);

        var shown = await browser.Page(page);
        shown.QuerySelector("h1")!.TextContent.Trim().ShouldBe("<img src=x onerror=alert(1)>.csv");
        shown.QuerySelector("img[onerror]").ShouldBeNull();
    }

    [Fact]
    public async Task Keeps_nothing_of_a_form_that_another_site_sent()
    {
        var browser = await NamedMarketplace();
        var before = await Imports();
        using var form = new MultipartFormDataContent { { new StringContent("days"), "kind" }, { new ByteArrayContent("seller_id,day\n"u8.ToArray()), "file", "days.csv" } };

        var upload = await browser.Send(new HttpRequestMessage(HttpMethod.Post, Import) { Content = form });
        var page = await Upload(browser, "sellers", "sellers.csv", "seller_id\nforged\n"u8);
        var check = await browser.PostForged($"{page}/check", ("column:seller_id", "seller_id"));
        var leave = await browser.PostForged($"{page}/leave");

        (upload.Status, check.Status, leave.Status).ShouldBe((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest));
        (await Imports()).ShouldBe(before + 1);
        (await State(page)).ShouldBe("Received");
    }

    [Fact]
    public async Task Refuses_a_form_field_longer_than_any_of_the_page()
    {
        var browser = await NamedMarketplace();
        var before = await Imports();

        var answer = await browser.Upload(Import, "sellers.csv", "seller_id\na\n"u8.ToArray(), ("kind", new string('x', 5000)));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Imports()).ShouldBe(before);
    }

    [Fact]
    public async Task Answers_a_body_that_is_no_form_with_bad_request()
    {
        var browser = await NamedMarketplace();

        var answer = await browser.Send(new HttpRequestMessage(HttpMethod.Post, Import) { Content = new StringContent("seller_id\na\n") });

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Lets_nobody_in_who_has_not_signed_in()
    {
        var page = await Upload(await NamedMarketplace(), "sellers", "sellers.csv", "seller_id\nprivate\n"u8);
        using var visitor = product.Visitor();

        foreach (var path in (string[])[Import, page, $"{page}/progress", $"{page}/rejected-rows.csv"])
            (await visitor.Get(path)).Location.ShouldNotBeNull(path).ShouldContain("/sign-in");
        (await visitor.Upload(Import, "sellers.csv", "seller_id\na\n"u8.ToArray(), ("kind", "sellers"))).Location!.ShouldContain("/sign-in");
        (await visitor.Post($"{page}/leave")).Location!.ShouldContain("/sign-in");
        (await State(page)).ShouldBe("Received");
    }

    [Fact]
    public async Task Leaves_bad_rows_out_only_when_told_and_gives_them_back()
    {
        var browser = await NamedMarketplace();
        await Imported(browser, "sellers", "sellers.csv", "seller_id\nbad\n"u8);
        var page = await Upload(browser, "days", "days.csv", Encoding.UTF8.GetBytes(DaysHeader + "bad,2018-02-30,1,1.00\nbad,2018-05-01,1,-5.00\nbad,2018-05-02,1,5.00\n"));
        await Check(browser, page);
        (await Settled(page)).ShouldBe("Checked");

        var shown = await browser.Get(page);
        var refused = await browser.Post($"{page}/take", ("skipBadRows", "false"));
        var rejects = await browser.Get($"{page}/rejected-rows.csv");
        var stateBefore = await State(page);
        await browser.Post($"{page}/take", ("skipBadRows", "true"));

        shown.Page.QuerySelector("h1")!.TextContent.ShouldBe("2 of 3 rows need a fix");
        shown.Page.QuerySelector(".gh-crumb")!.TextContent.ShouldContain("days.csv");
        shown.Words.ShouldContain("Nothing was imported yet. Fix them and send the file again, or take the others.");
        shown.Words.ShouldNotContain("no_such_day");
        shown.Words.ShouldContain("Import 1 seller-day and leave out 2");
        (refused.Status, stateBefore).ShouldBe((HttpStatusCode.UnprocessableEntity, "Checked"));
        rejects.Headers["Content-Disposition"].ShouldContain("rejected-rows.csv");
        var lines = rejects.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        (lines.Length, lines[0]).ShouldBe((3, "line,column,code,reason,value"));
        lines[1].ShouldStartWith("2,day,");
        lines[2].ShouldStartWith("3,revenue,");
        lines[2].ShouldEndWith("'-5.00");
        (await Settled(page)).ShouldBe("Done");
        (await browser.Get($"{page}/rejected-rows.csv")).Text.ShouldBe(rejects.Text);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM sellers.seller_day d JOIN sellers.seller s ON s.id = d.seller_id WHERE s.external_id = 'bad'")).ShouldBe(1);
    }

    [Fact]
    public async Task Says_before_the_decision_how_many_rows_will_wait_for_their_seller()
    {
        var browser = await NamedMarketplace();
        await Imported(browser, "sellers", "sellers.csv", "seller_id\nawaited\n"u8);
        var page = await Upload(browser, "days", "days.csv", Encoding.UTF8.GetBytes(DaysHeader + "awaited,2016-05-01,1,1.00\nnot-yet-1,2016-05-01,1,1.00\nnot-yet-2,2016-05-01,1,1.00\n"));
        await Check(browser, page);
        (await Settled(page)).ShouldBe("Checked");

        (await browser.Get(page)).Words.ShouldContain("2 rows are of sellers not named yet: they wait and will belong to the seller when one with that id arrives.");
        await browser.Post($"{page}/columns");
        await Check(browser, page);
        (await Settled(page)).ShouldBe("Checked");
        (await browser.Get(page)).Words.ShouldContain("2 rows are of sellers not named yet");
    }

    [Fact]
    public async Task Says_of_a_dry_run_of_the_command_that_nothing_was_kept()
    {
        var browser = await NamedMarketplace();
        await Imported(browser, "sellers", "sellers.csv", "seller_id\ntried\n"u8);
        using var scene = new ImportScene(product.Database);

        var tried = await scene.Import(ImportKind.Days, scene.File("tried.csv", "seller_id,day,orders\ntried,2015-05-01,1\nunnamed,2015-05-01,1\n"), isDryRun: true);
        var page = await browser.Get($"{Import}/{tried.Id}");
        var row = (await browser.Page(Import)).QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("tried.csv", StringComparison.Ordinal));

        page.Words.ShouldContain("Checked only");
        page.Words.ShouldContain("2 rows were checked and nothing was kept. An import would bring 1 new, 0 changed, 0 unchanged.");
        page.Words.ShouldContain("1 row is of a seller not named yet: it would be kept aside until the seller arrives.");
        page.Words.ShouldNotContain("Imported");
        row.TextContent.ShouldContain("Checked only");
        row.QuerySelectorAll("td.r").Select(cell => cell.TextContent).ShouldBe(["2", "0", "0"]);
    }

    [Fact]
    public async Task Gives_thousands_of_rejected_rows_back_to_the_last()
    {
        const int Bad = 5000;
        var browser = await NamedMarketplace();
        var page = await Upload(browser, "days", "days.csv", Encoding.UTF8.GetBytes(DaysHeader + string.Concat(Enumerable.Range(0, Bad).Select(row => $"many,2018-02-30,{row},1.00\n"))));
        await Check(browser, page);
        (await Settled(page)).ShouldBe("Checked");

        var rejects = await browser.Get($"{page}/rejected-rows.csv");

        rejects.Status.ShouldBe(HttpStatusCode.OK);
        var lines = rejects.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(Bad + 1);
        lines[^1].ShouldStartWith($"{Bad + 1},day,");
    }

    [Fact]
    public async Task Leaves_a_file_out_with_its_bytes_and_tells_a_later_click()
    {
        var browser = await NamedMarketplace();
        var page = await Upload(browser, "sellers", "sellers.csv", "seller_id\nleft\n"u8);

        (await browser.Post($"{page}/leave")).Location.ShouldBe(page);
        var late = await Check(browser, page);

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("This import has moved on since the page was opened.");
        (await browser.Get(page)).Words.ShouldContain("The file was left out by the importer. Nothing was imported.");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sellers.import_chunk WHERE import_id = '{Id(page)}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Refuses_two_columns_that_become_one_and_shows_the_choice_again()
    {
        var browser = await NamedMarketplace();
        var page = await Upload(browser, "sellers", "sellers.csv", "Shop,Vendor,City\na,b,c\n"u8);

        var answer = await browser.Post($"{page}/check", ("column:Shop", "seller_id"), ("column:Vendor", "seller_id"), ("column:City", "region"), ("dayFormat", "dd/MM/yyyy"));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Words.ShouldContain("“Shop” and “Vendor” would both become seller_id. Nothing was imported. Choose one of them.");
        answer.Page.QuerySelector(answer.Page.QuerySelector(".errsum a")!.GetAttribute("href")!).ShouldNotBeNull();
        answer.Page.QuerySelector("select[name='column:Vendor'] option[selected]")!.GetAttribute("value").ShouldBe("seller_id");
        answer.Page.QuerySelector("select[name='column:City'] option[selected]")!.GetAttribute("value").ShouldBe("region");
        answer.Page.QuerySelector("select[name=dayFormat] option[selected]")!.GetAttribute("value").ShouldBe("dd/MM/yyyy");
        (await State(page)).ShouldBe("Received");
    }

    [Fact]
    public async Task Asks_which_it_is_where_days_may_be_read_two_ways()
    {
        var browser = await NamedMarketplace();
        var page = await Upload(browser, "days", "days.csv", "seller_id,day,orders\na,01/02/2018,1\na,03/04/2018,2\n"u8);

        var shown = await browser.Page(page);
        var unanswered = await browser.Post($"{page}/check", ("column:seller_id", "seller_id"), ("column:day", "day"), ("column:orders", "orders"), ("dayFormat", ""));
        var answered = await browser.Post($"{page}/check", ("column:seller_id", "seller_id"), ("column:day", "day"), ("column:orders", "orders"), ("dayFormat", "MM/dd/yyyy"));

        shown.QuerySelector("select[name=dayFormat] option[selected]")!.TextContent.ShouldBe("Choose: is 01/06 in January or in June?");
        unanswered.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        unanswered.Page.QuerySelector("#dayFormat-error")!.TextContent.ShouldStartWith("The days of the file may be read as dd/MM/yyyy or as MM/dd/yyyy. Nothing was imported.");
        answered.Location.ShouldBe(page);
    }

    [Fact]
    public async Task Keeps_what_a_refused_file_was_said_to_hold()
    {
        var browser = await NamedMarketplace();

        var refused = await browser.Upload(Import, "empty.csv", [], ("kind", "days"));

        refused.Page.QuerySelector("select[name=kind] option[selected]")!.GetAttribute("value").ShouldBe("days");
    }

    [Fact]
    public async Task Keeps_a_mapping_under_a_name_and_shows_it_for_the_next_file()
    {
        var browser = await NamedMarketplace();
        var first = await Upload(browser, "sellers", "one.csv", "Code,Ort,Gruppe\na,b,c\n"u8);
        (await browser.Post($"{first}/check", ("column:Code", "seller_id"), ("column:Ort", "city"), ("column:Gruppe", "operator_group"), ("dayFormat", "dd.MM.yyyy"), ("saveAs", "Old shop system"))).Location.ShouldBe(first);
        var second = await Upload(browser, "sellers", "two.csv", "Code,Ort\nd,e\n"u8);

        var guess = await browser.Page(second);
        var shown = await browser.Get($"{second}?mapping=Old%20shop%20system");

        guess.QuerySelectorAll("select[name=mapping] option").Select(option => option.TextContent).ShouldContain("Old shop system");
        guess.QuerySelector("select[name='column:Ort'] option[selected]").ShouldBeNull();
        shown.Page.QuerySelector("select[name='column:Ort'] option[selected]")!.GetAttribute("value").ShouldBe("city");
        shown.Page.QuerySelector("select[name=dayFormat] option[selected]")!.GetAttribute("value").ShouldBe("dd.MM.yyyy");
        shown.Words.ShouldContain("“Old shop system” also reads “Gruppe”, which this file doesn’t have.");
    }

    [Fact]
    public async Task Names_the_columns_of_a_file_in_which_none_is_known()
    {
        var browser = await NamedMarketplace();
        var page = await Upload(browser, "days", "strange.csv", "Foo,Bar\na,b\n"u8);

        var shown = await browser.Get(page);
        var refused = await browser.Post($"{page}/check", ("dayFormat", "yyyy-MM-dd"));

        shown.Words.ShouldContain("No column of the file is known to hold seller_id (the marketplace’s own id of the seller) or day");
        shown.Page.QuerySelector("a[href='/settings/import/example-days.csv']").ShouldNotBeNull();
        shown.Words.ShouldContain("The first row is read as the names of the columns: “Foo”, “Bar”. If it is a seller-day already, add a header line to the file and load it again.");
        refused.Words.ShouldContain("The first row is read as the names of the columns: “Foo”, “Bar”.");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain("Nothing was imported. Choose it among: Foo, Bar.");
    }

    [Fact]
    public async Task Doubts_no_header_of_which_a_name_is_known_and_no_names_of_json()
    {
        var browser = await NamedMarketplace();
        var known = await Upload(browser, "sellers", "known.csv", "Name,Foo\na,b\n"u8);
        var lines = await Upload(browser, "sellers", "lines.ndjson", "{\"foo\":\"a\"}\n"u8);

        (await browser.Get(known)).Words.ShouldNotContain("The first row is read as");
        (await browser.Get(lines)).Words.ShouldNotContain("The first row is read as");
    }

    [Fact]
    public async Task Offers_columns_in_words_with_their_names_beside_and_counts_one_row_as_one()
    {
        var browser = await NamedMarketplace();
        var page = await Upload(browser, "days", "words.csv", "seller_id,day,late_known,views\nworded,2018-05-01,1,2\n"u8);

        var choices = (await browser.Page(page)).QuerySelectorAll("select[name='column:late_known'] option").Select(option => option.TextContent).ToList();
        (await Check(browser, page)).Location.ShouldBe(page);
        (await Settled(page)).ShouldBe("Checked");

        choices.ShouldContain("Orders whose dispatch is known (late_known)");
        choices.ShouldContain("Seller id (seller_id)");
        choices.ShouldContain("Views");
        (await browser.Get(page)).Words.ShouldContain("1 row was read and needs no fix. Nothing was imported yet.");
        foreach (var kind in ImportKind.All) kind.Columns.Select(column => column.Words).ShouldBeUnique();
    }

    [Fact]
    public async Task Goes_back_to_the_columns_after_the_check_and_reads_the_file_anew()
    {
        var browser = await NamedMarketplace();
        await Imported(browser, "sellers", "sellers.csv", "seller_id\nanew\n"u8);
        var page = await Upload(browser, "days", "days.csv", "seller_id,day,orders\nanew,2018-05-01,4\nanew,2018-05-02,none\n"u8);
        await Check(browser, page);
        (await Settled(page)).ShouldBe("Checked");

        (await browser.Post($"{page}/columns")).Location.ShouldBe(page);
        var again = await browser.Page(page);
        (await browser.Post($"{page}/check", ("column:seller_id", "seller_id"), ("column:day", "day"), ("dayFormat", "yyyy-MM-dd"))).Location.ShouldBe(page);
        (await Settled(page)).ShouldBe("Checked");
        await browser.Post($"{page}/take", ("skipBadRows", "false"));

        again.QuerySelector("select[name='column:orders'] option[selected]")!.GetAttribute("value").ShouldBe("orders");
        (await Settled(page)).ShouldBe("Done");
        (await browser.Get(page)).Words.ShouldContain("2 new, 0 changed, 0 unchanged.");
        (await browser.Get($"{page}/rejected-rows.csv")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        (await browser.Post($"{page}/columns")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Leads_from_the_rows_taken_in_to_the_sellers()
    {
        var browser = await NamedMarketplace();

        var done = await browser.Page(await Imported(browser, "sellers", "sellers.csv", "seller_id\nlast\n"u8));

        done.QuerySelector("main a[href='/manage/sellers']").ShouldNotBeNull();
        done.QuerySelector("main a[href='/settings/import'].gh-btn").ShouldNotBeNull();
    }

    [Fact]
    public async Task Offers_an_example_of_each_kind_and_says_what_it_needs()
    {
        var browser = await NamedMarketplace();

        var page = await browser.Get(Import);

        foreach (var kind in ImportKind.All)
        {
            var link = page.Page.QuerySelector($"a[download][href='/settings/import/example-{kind.Name}.csv']").ShouldNotBeNull(kind.Name);
            (await browser.Get(link.GetAttribute("href")!)).Text.ShouldBe(kind.Example);
        }
        page.Words.ShouldContain("Daily figures needs seller_id, day");
        (await browser.Get("/settings/import/example-people.csv")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Says_times_in_the_zone_of_the_marketplace()
    {
        var browser = await NamedMarketplace();
        var page = await Upload(browser, "sellers", "zoned.csv", "seller_id\nzoned\n"u8);
        await product.Database.ExecuteAsync($"UPDATE sellers.import SET created_at = '2026-11-20 01:30+00' WHERE id = '{Id(page)}'");

        var list = await browser.Get(Import);

        list.Page.QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("zoned.csv", StringComparison.Ordinal)).TextContent.ShouldContain("Thu 19 Nov, 22:30");
        list.Words.ShouldContain("Times are America/Sao Paulo");
    }

    [Fact]
    public async Task Asks_the_database_as_much_for_many_imports_and_problems_as_for_few()
    {
        var browser = await NamedMarketplace();
        var few = await Upload(browser, "days", "few.csv", Encoding.UTF8.GetBytes(DaysHeader + "x,2018-02-30,1,1\n"));
        await Check(browser, few);
        (await Settled(few)).ShouldBe("Checked");
        var (listOfFew, pageOfFew) = (await Queries(browser, Import), await Queries(browser, few));
        var many = await Upload(browser, "days", "many.csv", Encoding.UTF8.GetBytes(DaysHeader + string.Concat(Enumerable.Repeat("x,2018-02-30,none,1\n", 100))));
        for (var more = 0; more < 10; more++) await Upload(browser, "sellers", "more.csv", "seller_id\nmore\n"u8);
        await Check(browser, many);
        (await Settled(many)).ShouldBe("Checked");

        (await Queries(browser, many)).ShouldBe(pageOfFew);
        (await Queries(browser, Import)).ShouldBe(listOfFew);
        (await browser.Get(many)).Words.ShouldContain("The first 20 problems in 100 rows");
    }

    Task<int> Queries(Browser browser, string path) => QueryCount.Of(product.Database, () => browser.Page(path));

    [Fact]
    public async Task Shows_progress_at_the_same_address_after_the_page_was_closed()
    {
        var browser = await NamedMarketplace();
        var page = await Upload(browser, "sellers", "many.csv", Encoding.UTF8.GetBytes("seller_id\n" + string.Concat(Enumerable.Range(0, 50_000).Select(row => $"many{row}\n"))));
        await Check(browser, page);

        (await browser.Get($"{page}/progress")).Text.ShouldContain("id=\"progress\"");
        (await Settled(page)).ShouldBe("Checked");

        var over = await browser.Get($"{page}/progress");
        over.Headers["HX-Refresh"].ShouldBe("true");
        over.Text.ShouldNotContain("hx-get");
        over.Page.QuerySelector($"a[href='{page}']").ShouldNotBeNull();
        (await browser.Get(page)).Words.ShouldContain("50,000 rows were read and none needs a fix.");
    }

    [Fact]
    public async Task Shows_every_import_once_on_the_way_through_the_pages_and_back()
    {
        var browser = await NamedMarketplace();
        await using (var db = product.Database.NewDb())
        {
            for (var file = 0; file < 120; file++) db.Add(new Import { Kind = "sellers", FileName = $"earlier {file}.csv", State = ImportState.Refused, CreatedAt = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero) });
            await db.SaveChangesAsync(Stop);
        }

        var pages = new List<List<string>>();
        for (string? path = Import; path is not null;)
        {
            var page = await browser.Page(path);
            pages.Add([.. page.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!)]);
            path = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
            if (path is null) pages.Add([.. (await browser.Page(page.QuerySelector("a[rel=prev]")!.GetAttribute("href")!)).QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!)]);
        }

        var all = pages[..^1].SelectMany(page => page).ToList();
        all.Count.ShouldBe((int)await Imports());
        all.Distinct().Count().ShouldBe(all.Count);
        pages[^1].ShouldBe(pages[^3]);
    }

    [Fact]
    public async Task Tells_the_second_of_two_who_keep_a_mapping_under_one_name_at_once()
    {
        var browser = await NamedMarketplace();
        var page = await Upload(browser, "sellers", "sellers.csv", "seller_id\nnamed at once\n"u8);
        await using var first = await product.Database.Source.OpenConnectionAsync(Stop);
        await using var keeping = await first.BeginTransactionAsync(Stop);
        await first.Execute("INSERT INTO sellers.mapping (kind, name, mapping, saved_at) VALUES ('sellers', 'at once', '{}', now())", Stop);

        var second = browser.Post($"{page}/check", ("column:seller_id", "seller_id"), ("dayFormat", "yyyy-MM-dd"), ("saveAs", "at once"));
        for (var tries = 0; tries < 400 && await product.Database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0; tries++) await Task.Delay(50, Stop);
        await keeping.CommitAsync(Stop);
        var told = await second;

        told.Status.ShouldBe(HttpStatusCode.Conflict);
        told.Words.ShouldContain("Somebody kept a mapping named “at once” a moment ago. Nothing was imported.");
        told.Page.QuerySelector(".errsum a")!.GetAttribute("href").ShouldBe("#saveAs");
        (await State(page)).ShouldBe("Received");
        (await browser.Post($"{page}/check", ("column:seller_id", "seller_id"), ("dayFormat", "yyyy-MM-dd"), ("saveAs", "at once"))).Location.ShouldBe(page);
    }

    [Fact]
    public async Task Says_that_there_is_no_such_import()
    {
        var browser = await NamedMarketplace();

        foreach (var path in (string[])["", "/progress", "/rejected-rows.csv"])
            (await browser.Get($"{Import}/{Guid.NewGuid()}{path}")).Status.ShouldBe(HttpStatusCode.NotFound, path);
    }

    async Task<Browser> NamedMarketplace()
    {
        var browser = await product.Manager();
        await product.Database.ExecuteAsync("INSERT INTO platform.marketplace (id, name, currency_code, time_zone) VALUES (1, 'Olive Street', 'BRL', 'America/Sao_Paulo') ON CONFLICT DO NOTHING");
        return browser;
    }

    static async Task<string> Upload(Browser browser, string kind, string fileName, ReadOnlyMemory<byte> bytes)
    {
        var answer = await browser.Upload(Import, fileName, bytes.ToArray(), ("kind", kind));
        return answer.Location.ShouldNotBeNull(answer.Words);
    }

    static Task<string> Upload(Browser browser, string kind, string fileName, ReadOnlySpan<byte> bytes) => Upload(browser, kind, fileName, bytes.ToArray().AsMemory());

    /// <summary>Presses the button of the mapping page as it stands.</summary>
    static async Task<Answer> Check(Browser browser, string page)
    {
        var form = await browser.Page(page);
        var fields = form.QuerySelectorAll("select[name^='column:'], select[name=dayFormat]")
            .Select(select => (select.GetAttribute("name")!, select.QuerySelector("option[selected]")?.GetAttribute("value") ?? "")).ToList();
        return await browser.Post($"{page}/check", fields.Count > 0 ? [.. fields] : [("column:seller_id", "seller_id"), ("dayFormat", "yyyy-MM-dd")]);
    }

    Task<string> Imported(Browser browser, string kind, string fileName, ReadOnlySpan<byte> bytes) => Imported(browser, kind, fileName, bytes.ToArray());

    async Task<string> Imported(Browser browser, string kind, string fileName, byte[] bytes)
    {
        var page = await Upload(browser, kind, fileName, bytes.AsMemory());
        (await Check(browser, page)).Location.ShouldBe(page);
        (await Settled(page)).ShouldBe("Checked");
        await browser.Post($"{page}/take", ("skipBadRows", "false"));
        (await Settled(page)).ShouldBe("Done");
        return page;
    }

    /// <summary>How the import stands once no machine works on it.</summary>
    async Task<string> Settled(string page)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await State(page) is var state and not ("Staging" or "Switching")) return state;
            await Task.Delay(50, Stop);
        }
        return $"{await State(page)} after 30 s";
    }

    Task<string> State(string page) => product.Database.ScalarAsync<string>($"SELECT state FROM sellers.import WHERE id = '{Id(page)}'");

    Task<long> Imports() => product.Database.ScalarAsync<long>("SELECT count(*) FROM sellers.import");

    static Guid Id(string page) => Guid.Parse(page[(Import.Length + 1)..]);

    static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
