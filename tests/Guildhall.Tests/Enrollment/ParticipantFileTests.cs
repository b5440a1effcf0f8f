using System.Globalization;
using System.Net;
using System.Text;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>A participant file brings everybody in, or nobody with the reasons.</summary>
public sealed class ParticipantFileTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string Mentors = "id,name,capacity,languages,time_zone,week_hours,style\n";

    [Theory]
    [InlineData("", "The file is empty. Nothing was changed. It needs a header row and a row for each person.")]
    [InlineData("\n\n", "The file is empty.")]
    [InlineData(Mentors, "Nothing was changed.")]
    [InlineData("ana,3\nbo,2\n", "The first row holds no column called id or seller_id.")]
    [InlineData("id,capacity,shoe_size\nana,3,41\n", "There is no column called shoe_size.")]
    [InlineData("id,capacity,shoe_size,hat\nana,3,41,7\n", "There is no column called shoe_size or hat.")]
    [InlineData("id;capacity\nana;3\n", "The columns are separated by semicolons.")]
    [InlineData("capacity\tid\n3\tana\n", "The columns are separated by tabs.")]
    [InlineData("id|capacity\nana|3\n", "The columns are separated by bars.")]
    [InlineData("id,name,capacity\nana,An\"a,3\n", "Line 2: A quote stands inside a cell or is never closed.")]
    [InlineData("id,capacity,name\nana,3,\"Ana\n", "Line 2: A quote stands inside a cell or is never closed.")]
    [InlineData("id,capacity,capacity\nana,3,3\n", "A column stands twice in the header.")]
    [InlineData("id,capacity\nana,3,4\n", "Line 2: The row has 3 cells and the header has 2.")]
    [InlineData("id,capacity\nana\n", "Line 2: The row has 1 cells and the header has 2.")]
    [InlineData("id,capacity\nana,3\0\n", "The file is not UTF-8 text.")]
    [InlineData("id,capacity\nana,\n", "Line 2, capacity: Enter how many places this mentor has.")]
    [InlineData("id,capacity\nana,-1\n", "Line 2, capacity: Enter a whole number of 0 or more.")]
    [InlineData("id,capacity\nana,2.5\n", "Line 2, capacity: Enter a whole number of 0 or more.")]
    [InlineData("id,capacity\nana,51\n", "Line 2: Enter a whole number of places from 0 to 50.")]
    [InlineData("id,capacity\n,3\n", "Line 2, id: Enter the seller’s id.")]
    [InlineData("id,capacity\nana,3\nana,2\n", "stands on line 2 too.")]
    [InlineData("id,capacity\nana,3\nstranger,2\n", "Line 3: There is no seller")]
    [InlineData("id,capacity,style\nana,3,NaN\n", "Line 2, style: “NaN” is not a number.")]
    [InlineData("id,capacity,style\nana,3,Infinity\n", "Line 2, style: “Infinity” is not a number.")]
    [InlineData("id,capacity,style\nana,3,1.5\n", "has style 1.5. It goes from -1 to 1.")]
    [InlineData("id,capacity,languages\nana,3,en:excellent\n", "Line 2, languages: Write languages like pt:native; en:working.")]
    [InlineData("id,capacity,languages\nana,3,english:native\n", "Line 2, languages: Write languages like pt:native; en:working.")]
    [InlineData("id,capacity,languages\nana,3,zz:native\n", "Line 2, languages: There is no language zz.")]
    [InlineData("id,capacity,needs\nana,3,pricing:1\n", "needs is a column of mentees, and this was sent as a file of mentors. Nothing was changed. Choose mentees, or leave that column out.")]
    [InlineData("id,needs,tier\nana,pricing:1,light\n", "needs and tier are columns of mentees")]
    [InlineData("id,capacity,week_hours\nana,3,someday 9-12\n", "Line 2, week_hours:")]
    [InlineData("id,capacity,time_zone\nana,3,Mars/Olympus\n", "Line 2, time_zone: “Mars/Olympus” is not a time zone of the IANA list.")]
    [InlineData("id,capacity,time_zone\nana,3,Pacific Standard Time\n", "Line 2, time_zone: “Pacific Standard Time” is not a time zone of the IANA list.")]
    [InlineData("id,capacity,strengths\nana,3,pricing:1.5\n", "It goes from 0 to 1.")]
    [InlineData("id,capacity,strengths\nana,3,magic:1\n", "Line 2, strengths: There is no skill magic. There are listing-optimization, pricing, ")]
    [InlineData("id,capacity,tiers\nana,3,standard;gold\n", "Line 2, tiers: There is no tier gold. The program has intensive, standard, light, self-serve.")]
    [InlineData("id,capacity,passed_orders_per_week\nana,3,2000000000000\n", "It goes from 0 to 1,000,000,000,000.")]
    [InlineData("id,capacity,strengths\nana,3,pricing\n", "Each item needs a number after a colon")]
    [InlineData("id,capacity,price_low,price_high\nana,3,20,10\n", "a price band to")]
    public async Task Refuses_a_csv_file_by_name_and_changes_nothing(string text, string words) => await Refuses("people.csv", text, words);

    [Theory]
    [InlineData("mentor", "capacity")]
    [InlineData("mentee", "needs")]
    public async Task Takes_the_file_of_columns_that_it_gives_out_and_calls_the_seller_either_way(string side, string own)
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");
        var columns = (await scene.Manager.Get($"{scene.People}/columns.csv?side={side}")).Text.Trim();

        var cells = columns.Split(',').Select(column => column switch { "id" => scene.Id("ana"), "capacity" => "2", _ => "" });
        (await scene.BringIn(side, $"{columns}\n{string.Join(',', cells)}\n")).Location.ShouldNotBeNull();
        (await scene.BringIn(side, $"seller_id,name{(side == "mentor" ? ",capacity" : "")}\n{scene.Id("ana")},Ana{(side == "mentor" ? ",3" : "")}\n")).Location!.ShouldContain("updated=1");

        columns.Split(',').ShouldContain(own);
    }

    [Fact]
    public async Task Names_everything_in_a_row_that_the_matcher_could_not_read()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");

        var refused = await scene.BringIn("mentee", $"id,style,contact,target_orders_per_week\n{scene.Id("ana")},3,-2,-5\n");

        refused.Words.ShouldContain("Nothing was changed. 3 problems in the file.");
        foreach (var words in (string[])["style 3", "contact -2", "-5"]) refused.Words.ShouldContain(words);
    }

    [Fact]
    public async Task Does_not_ask_again_what_the_marketplace_says_of_the_shop()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana", "bo");
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET languages = ARRAY['pt-br', 'not a tag'], time_zone = 'America/Sao_Paulo' WHERE external_id IN ('{scene.Id("ana")}', '{scene.Id("bo")}')");
        var bo = await product.Database.ScalarAsync<Guid>($"SELECT id FROM sellers.seller WHERE external_id = '{scene.Id("bo")}'");

        (await scene.BringIn("mentor", $"id,capacity,languages\n{scene.Id("ana")},2,en:fluent\n")).Location.ShouldNotBeNull();
        (await scene.Manager.Post($"/manage/{scene.Slug}/mentors/find", ("seller", bo.ToString()))).Location.ShouldNotBeNull();

        (await Said("ana")).ShouldBe("en fluent America/Sao_Paulo");
        (await Said("bo")).ShouldBe("pt-BR working America/Sao_Paulo");

        Task<string> Said(string name) => product.Database.ScalarAsync<string>($"""
            SELECT concat_ws(' ', p.as_mentor #>> '{"{languages,0,language}"}', p.as_mentor #>> '{"{languages,0,level}"}', p.as_mentor ->> 'timeZone')
            FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Id(name)}'
            """);
    }

    [Theory]
    [InlineData("{\"id\":\"ana\",\"capacity\":-1}", "Line 1: Enter a whole number of places from 0 to 50.")]
    [InlineData("{\"id\":\"ana\",\"capacity\":2.5}", "Line 1: The value of capacity can’t be read.")]
    [InlineData("{\"id\":\"ana\"}", "Line 1: The line needs the fields id and, of a mentor, capacity.")]
    [InlineData("{\"id\":null,\"capacity\":1}", "Line 1: The value of id can’t be read.")]
    [InlineData("{\"id\":\"ana\",\"capacity\":1,\"capacity\":2}", "Line 1: A field stands twice on the line.")]
    [InlineData("{\"id\":\"ana\",\"capacity\":1,\"shoeSize\":41}", "Line 1: There is no field shoeSize.")]
    [InlineData("{\"id\":\"ana\",\"capacity\":1,\"style\":NaN}", "Line 1:")]
    [InlineData("{\"id\":\"ana\",\"capacity\":1,\"languages\":[{\"language\":\"en\",\"level\":17}]}", "a level of en of 17")]
    [InlineData("{\"id\":\"ana\",\"capacity\":1,\"languages\":[{\"language\":\"english\",\"level\":\"native\"}]}", "Line 1, languages: A language is a tag such as en or pt-BR.")]
    [InlineData("{\"id\":\"ana\",\"capacity\":1,\"timeZone\":\"europe/lisbon\"}", "Line 1, timeZone: “europe/lisbon” is not a time zone of the IANA list.")]
    [InlineData("{\"id\":\"ana\",\"capacity\":1,\"languages\":[null]}", "Line 1, languages: The list holds a null.")]
    [InlineData("{\"id\":\"ana\",\"capacity\":1,\"name\":\"A\\u0000na\"}", "Line 1: The text names a NUL character.")]
    [InlineData("{\"id\":\"ana\",\"capacity\":1,\"name\":5}", "Line 1: The name is not a text.")]
    [InlineData("[{\"id\":\"ana\",\"capacity\":1}]", "Line 1: This is not a JSON object.")]
    [InlineData("not json", "Line 1: The line is not JSON.")]
    public async Task Refuses_a_json_file_by_name_and_changes_nothing(string text, string words) => await Refuses("people.ndjson", text, words);

    [Fact]
    public async Task Tells_a_form_without_a_file_from_an_empty_file()
    {
        var scene = await ProgramScene.GivenProgram(product);

        (await scene.Manager.Post(scene.People, ("Side", "mentor"))).Words.ShouldContain("Choose a file. Nothing was changed.");
        (await scene.BringIn("mentor", "", "people.ndjson")).Words.ShouldContain("The file holds nobody. Nothing was changed.");
    }

    [Fact]
    public async Task Refuses_utf16_a_name_too_long_and_a_file_too_large()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");
        var before = await scene.Everybody();
        var text = $"id,name,capacity\n{scene.Id("ana")},{new string('n', 101)},3\n";

        (await scene.BringIn("mentor", Encoding.Unicode.GetBytes(text))).Words.ShouldContain("The file is not UTF-8 text.");
        (await scene.BringIn("mentor", text)).Words.ShouldContain("Line 2: Enter a name of up to 100 characters.");
        (await scene.BringIn("mentor", new byte[ProfileFile.LargestFile + 1])).Words.ShouldContain("The file is larger than 64 MB.");
        (await scene.Everybody()).ShouldBe(before);
    }

    [Fact]
    public async Task Lists_every_problem_of_a_file_by_line_and_column()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana", "bo");

        var refused = await scene.BringIn("mentor", $"id,capacity,style,languages\n{scene.Id("ana")},two,loud,en:native;pt:some;es:any\n{scene.Id("bo")},2\nstranger,3,,\n{scene.Id("bo")},51,0.5,\n");

        refused.Page.QuerySelectorAll(".gh-notice li").Select(item => item.TextContent).ShouldBe(
        [
            "Line 2, capacity: Enter a whole number of 0 or more.",
            "Line 2, style: “loud” is not a number.",
            "Line 2, languages: Write languages like pt:native; en:working. Levels are basic, working, fluent and native.",
            "Line 3: The row has 2 cells and the header has 4.",
            "Line 4: There is no seller stranger. Import sellers first.",
            "Line 5: Enter a whole number of places from 0 to 50.",
        ], ignoreOrder: true);
        refused.Words.ShouldContain("Nothing was changed. 6 problems in the file.");
    }

    [Fact]
    public async Task Ends_a_json_row_at_a_newline_only()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana", "bo");
        var name = "A\u0085n\u2028a\u2029 Lima";

        var taken = await scene.BringIn("mentor", $"{{\"id\":\"{scene.Id("ana")}\",\"capacity\":1,\"name\":\"{name}\"}}\r\n\r\n{{\"id\":\"{scene.Id("bo")}\",\"capacity\":1}}\r\n", "people.ndjson");
        var refused = await scene.BringIn("mentor", $"{{\"id\":\"{scene.Id("ana")}\",\"capacity\":1,\"name\":\"{name}\"}}\nnot json\n", "people.ndjson");

        taken.Location.ShouldEndWith("added=2&updated=0");
        refused.Words.ShouldContain("Line 2:");
        (await product.Database.ScalarAsync<string>($"SELECT person_name FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Id("ana")}'")).ShouldBe(name);
    }

    [Fact]
    public async Task Counts_the_problems_past_the_first_fifty()
    {
        var scene = await ProgramScene.GivenProgram(product);
        var before = await scene.Everybody();

        var refused = await scene.BringIn("mentor", "id,capacity\n" + string.Concat(Enumerable.Range(1, 1_200).Select(n => $"nobody-{n},{(n % 2 == 0 ? "2" : "x")}\n")));
        var items = refused.Page.QuerySelectorAll(".gh-notice li").Select(item => item.TextContent).ToList();

        items.Count.ShouldBe(51);
        items[..3].ShouldBe(["Line 2, capacity: Enter a whole number of 0 or more.", "Line 3: There is no seller nobody-2. Import sellers first.", "Line 4, capacity: Enter a whole number of 0 or more."]);
        items[^1].ShouldBe("And 1,150 more.");
        (await scene.Everybody()).ShouldBe(before);
    }

    [Fact]
    public async Task Refuses_a_file_until_somebody_says_who_is_in_it()
    {
        var scene = await ProgramScene.GivenProgram(product);

        var refused = await scene.Manager.Upload(scene.People, "people.csv", "id\na\n"u8.ToArray(), ("Side", "both"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector("#Side-error")!.TextContent.ShouldBe("Choose who is in the file. Nothing was changed.");
    }

    [Fact]
    public async Task Takes_a_byte_order_mark_and_a_mentor_without_places()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");

        var taken = await scene.BringIn("mentor", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"id,capacity\n{scene.Id("ana")},0\n")]);

        taken.Location.ShouldBe($"{scene.People}?side=mentor&added=1&updated=0");
    }

    [Fact]
    public async Task Updates_who_is_there_and_refuses_who_is_on_the_other_side()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana", "bo");
        (await scene.BringIn("mentor", $"{Mentors}{scene.Id("ana")},Ana,3,en:native,Europe/Lisbon,mon 9-12,0.5\n")).Location.ShouldEndWith("added=1&updated=0");

        var updated = await scene.BringIn("mentor", $"id,capacity\n{scene.Id("ana")},1\n{scene.Id("bo")},2\n");
        var before = await scene.Everybody();
        var refused = await scene.BringIn("mentee", $"id\n{scene.Id("ana")}\n");

        updated.Location.ShouldEndWith("added=1&updated=1");
        (refused.Status, refused.Words.Contains("Line 2: This seller is already in the program on the other side. Remove them there first.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await scene.Everybody()).ShouldBe(before);
    }

    [Theory]
    [InlineData("people.csv", "id,capacity,price_low,price_high,style\n{0},5,20,30,\n")]
    [InlineData("people.ndjson", "{{\"id\":\"{0}\",\"capacity\":5,\"PriceBand\":{{\"low\":20,\"high\":30}},\"style\":null}}")]
    public async Task Leaves_what_a_file_does_not_hold_and_erases_what_it_holds_empty(string fileName, string text)
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");
        await scene.BringIn("mentor", $"{Mentors.TrimEnd()},is_open_to_new,price_low,price_high,tiers\n{scene.Id("ana")},Ana,3,en:native,Europe/Lisbon,mon 9-12,0.5,false,1,2,Light\n");

        (await scene.BringIn("mentor", string.Format(CultureInfo.InvariantCulture, text, scene.Id("ana")), fileName)).Location.ShouldEndWith("added=0&updated=1");

        (await Said(scene, "ana", "concat_ws(' ', p.person_name, m ->> 'capacity', m #>> '{languages,0,language}', m ->> 'timeZone', length(replace(m ->> 'weekHours', '0', '')), m ->> 'style', m ->> 'isOpenToNew', m #>> '{priceBand,high}', m #>> '{tiers,0}')"))
            .ShouldBe("Ana 5 en Europe/Lisbon 3 false 30 Light");
    }

    [Fact]
    public async Task Keeps_assumed_hours_marked_as_assumed_when_a_file_does_not_hold_them()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");
        await scene.BringIn("mentor", $"id,capacity\n{scene.Id("ana")},3\n");
        await product.Ask<AssumeProfiles, Result<int>>(assume => assume.Run(new AssumeProfiles.Input(scene.Slug, 7, "pt", "America/Sao_Paulo"), TestContext.Current.CancellationToken));

        await scene.BringIn("mentor", $"id,capacity\n{scene.Id("ana")},5\n");
        var places = await Said(scene, "ana", "concat_ws(' ', p.origin, m ->> 'capacity')");
        await scene.BringIn("mentor", $"id,capacity,week_hours\n{scene.Id("ana")},5,mon 9-12\n");

        (places, await Said(scene, "ana", "p.origin")).ShouldBe(("Assumed 5", "Stated"));
    }

    Task<string> Said(ProgramScene scene, string name, string what) => product.Database.ScalarAsync<string>(
        $"SELECT {what} FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id, LATERAL (SELECT coalesce(p.as_mentor, p.as_mentee) AS m) said WHERE s.external_id = '{scene.Id(name)}'");

    [Fact]
    public async Task Shows_a_hostile_name_as_text()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");

        await scene.BringIn("mentee", $"id,name\n{scene.Id("ana")},<img src=x onerror=alert(1)>\n");
        var page = await scene.Manager.Get(scene.People);

        page.Text.ShouldNotContain("<img src=x");
        page.Words.ShouldContain("<img src=x onerror=alert(1)>");
    }

    async Task Refuses(string fileName, string text, string words)
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana", "bo");
        var before = await scene.Everybody();

        var refused = await scene.BringIn("mentor", text.Replace("ana", scene.Id("ana"), StringComparison.Ordinal), fileName);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Words);
        refused.Words.ShouldContain(words);
        refused.Words.ShouldContain("Nothing was changed.");
        (await scene.Everybody()).ShouldBe(before);
    }
}
