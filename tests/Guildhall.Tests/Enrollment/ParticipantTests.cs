using System.Net;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>The people of a program: the list, one of them, and profiles that a rule gave.</summary>
public sealed class ParticipantTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Theory]
    [InlineData("lim", "Ana Lima")]
    [InlineData("BO-ID", "Bo Ek")]
    [InlineData("shop cy", "Shop cy")]
    [InlineData("nobody", "")]
    public async Task Finds_people_by_a_part_of_their_name_or_id(string search, string found)
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana", "bo-id", "cy");
        await scene.BringIn("mentee", $"id,name,time_zone,week_hours\n{scene.Id("ana")},Ana Lima,America/Los_Angeles,mon-fri 9-12\n{scene.Id("bo-id")},Bo Ek,,\n{scene.Id("cy")},,,\n");

        var page = await scene.Manager.Page($"{scene.People}?side=mentee&q={Uri.EscapeDataString(search)}");

        page.QuerySelectorAll("tbody th b").Select(name => name.TextContent).ShouldBe(found.Length == 0 ? [] : [found]);
        if (found.Length == 0) page.QuerySelector(".gh-empty h2")!.TextContent.ShouldBe("Nobody here is called nobody");
        if (found == "Ana Lima") page.QuerySelector("tbody")!.TextContent.ShouldContain("15 hours, Los Angeles");
    }

    [Fact]
    public async Task Lists_people_file_by_file_as_they_came_over_all_pages()
    {
        var scene = await ProgramScene.GivenProgram(product);
        var names = Enumerable.Range(0, 60).Select(n => $"{n * 37 % 60:00}").ToArray();
        await scene.GivenSellers([.. names, "zoe"]);
        await scene.BringIn("mentee", $"id,name\n{scene.Id("zoe")},ada Last\n");
        foreach (var some in names.Chunk(20)) await scene.BringIn("mentee", $"id,name\n{string.Concat(some.Select(name => $"{scene.Id(name)},\n"))}");

        var first = await scene.Manager.Page(scene.People);
        var second = await scene.Manager.Page($"{scene.People}?page=2");

        string[] shown = [.. first.QuerySelectorAll("tbody th b").Concat(second.QuerySelectorAll("tbody th b")).Select(name => name.TextContent)];
        shown[0].ShouldBe("ada Last");
        foreach (var (index, some) in names.Chunk(20).Index()) shown[(1 + 20 * index)..(21 + 20 * index)].ShouldBe(some.Select(name => $"Shop {name}"), ignoreOrder: true);
        first.QuerySelector(".gh-foot")!.TextContent.ShouldContain("1 to 50 of 61");
    }

    [Fact]
    public async Task Pages_through_hundreds_with_as_many_queries_as_for_three()
    {
        var few = await GivenMentees(3);
        var many = await GivenMentees(220);
        await many.Manager.Page(many.People);

        var first = await many.Manager.Page(many.People);
        var last = await many.Manager.Page($"{many.People}?page=5");
        var beyond = await many.Manager.Page($"{many.People}?page={int.MaxValue}");
        var queriesOfFew = await QueryCount.Of(product.Database, () => few.Manager.Page(few.People));
        var queriesOfMany = await QueryCount.Of(product.Database, () => many.Manager.Page(many.People));

        first.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        first.QuerySelector("h1")!.TextContent.ShouldBe("220 mentees and 0 mentors");
        last.QuerySelectorAll("tbody tr").Length.ShouldBe(20);
        beyond.QuerySelectorAll("tbody tr").Length.ShouldBe(20);
        queriesOfFew.ShouldBeInRange(3, 9);
        queriesOfMany.ShouldBe(queriesOfFew);
    }

    [Theory]
    [InlineData("Languages", "english", "Write languages like pt:native; en:working. Levels are basic, working, fluent and native.")]
    [InlineData("Languages", "english:native", "Write languages like pt:native; en:working.")]
    [InlineData("Languages", "en:17", "Write languages like pt:native; en:working.")]
    [InlineData("TimeZone", "Mars/Olympus", "Choose a time zone from the list, such as Europe/Lisbon.")]
    [InlineData("Style", "1.01", "Enter a number from −1 to 1, or leave it empty when it is not known.")]
    [InlineData("Contact", "NaN", "Enter a number from −1 to 1, or leave it empty when it is not known.")]
    [InlineData("Capacity", "-1", "Enter a whole number of places from 0 to 50.")]
    [InlineData("Capacity", "51", "Enter a whole number of places from 0 to 50.")]
    [InlineData("Capacity", "2.5", "Enter the places for mentees as a whole number, in digits.")]
    [InlineData("Capacity", "", "Enter the places for mentees as a whole number, in digits.")]
    public async Task Refuses_a_correction_in_its_own_words(string field, string value, string words)
    {
        var (scene, path, seen) = await GivenMentor();
        var before = await scene.Everybody();

        var refused = await scene.Manager.Post(path, [.. Correction.Where(f => f.Name != field), (field, value), ("seen", seen)]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector($"#{field}-error")!.TextContent.ShouldStartWith(words);
        refused.Page.QuerySelector(".errsum a")!.GetAttribute("href").ShouldBe($"#{field}");
        (await scene.Everybody()).ShouldBe(before);
    }

    [Fact]
    public async Task Keeps_everything_that_was_typed_when_one_field_is_refused()
    {
        var (scene, path, seen) = await GivenMentor();

        var refused = await scene.Manager.Post(path, ("seen", seen), ("hour", "9"), ("hour", "167"), ("TimeZone", "Asia/Tokyo"), ("Languages", "ja:native"), ("Style", "bold"), ("Contact", "−0.5"), ("Capacity", "many"));

        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#Style", "#Capacity"]);
        (string, string)[] typed = [("Languages", "ja:native"), ("Style", "bold"), ("Contact", "−0.5"), ("Capacity", "many")];
        foreach (var (field, value) in typed) refused.Page.QuerySelector($"#{field}")!.GetAttribute("value").ShouldBe(value);
        refused.Page.QuerySelector("#TimeZone option[selected]")!.GetAttribute("value").ShouldBe("Asia/Tokyo");
        refused.Page.QuerySelectorAll("input[name=hour][checked]").Select(box => box.GetAttribute("value")).ShouldBe(["167", "9"], ignoreOrder: true);
        refused.Page.QuerySelector("#IsOpen")!.HasAttribute("checked").ShouldBeFalse();
        refused.Page.QuerySelector("input[name=seen]")!.GetAttribute("value").ShouldBe(seen);
    }

    [Theory]
    [InlineData("-0.25")]
    [InlineData("−0.25")]
    public async Task Reads_a_minus_as_it_is_typed_and_as_it_is_shown(string typed)
    {
        var (scene, path, seen) = await GivenMentor();

        var saved = await scene.Manager.Post(path, [.. Correction.Where(f => f.Name != "Style"), ("Style", typed), ("hour", "9"), ("seen", seen)]);

        saved.Location.ShouldBe($"{path}?did=saved");
        (await Profile(scene)).ShouldBe("0 places, open true, hours 1, style -0.25");
        (await scene.Manager.Page(path)).QuerySelector("#Style")!.GetAttribute("value").ShouldBe("−0.25");
    }

    [Fact]
    public async Task Saves_a_correction_once_and_tells_the_second_of_two()
    {
        var (scene, path, seen) = await GivenMentor();

        var first = await scene.Manager.Post(path, [.. Correction, ("hour", "9"), ("hour", "999"), ("seen", seen)]);
        var second = await scene.Manager.Post(path, [.. Correction, ("seen", seen)]);
        var removed = await scene.Manager.Post($"{path}/remove", ("seen", seen));

        first.Location.ShouldBe($"{path}?did=saved");
        second.Words.ShouldContain("Somebody else changed this person while you were on this page. Their change is kept and yours is not saved.");
        (second.Status, removed.Status).ShouldBe((HttpStatusCode.Conflict, HttpStatusCode.Conflict));
        (await Profile(scene)).ShouldBe("0 places, open true, hours 1, style 0.25");
    }

    [Fact]
    public async Task Keeps_what_the_second_of_two_typed_with_what_is_stored_beside_it()
    {
        var (scene, path, seen) = await GivenMentor();
        await scene.Manager.Post(path, [.. Correction, ("hour", "9"), ("seen", seen)]);

        var second = await scene.Manager.Post(path, [.. Correction.Where(f => f.Name is not ("Capacity" or "Style")), ("Capacity", "4"), ("Style", "-1"), ("seen", seen)]);

        second.Words.ShouldContain("What you typed stands below. Stored now, where it differs: 1 free hour a week; style 0.25; 0 places. Save again to use yours.");
        second.Page.QuerySelector("#Capacity")!.GetAttribute("value").ShouldBe("4");
        second.Page.QuerySelector("#Style")!.GetAttribute("value").ShouldBe("-1");
        var again = second.Page.QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post(path, [.. Correction.Where(f => f.Name is not ("Capacity" or "Style")), ("Capacity", "4"), ("Style", "-1"), ("seen", again)])).Location.ShouldBe($"{path}?did=saved");
        (await Profile(scene)).ShouldBe("4 places, open true, hours , style -1");
    }

    [Fact]
    public async Task Says_and_marks_who_signed_up_longer_ago_than_the_program_asks()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("old", "new", "unknown", "mentor");
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET signed_up_on = '2020-01-01' WHERE external_id IN ('{scene.Id("old")}', '{scene.Id("mentor")}'); UPDATE sellers.seller SET signed_up_on = '2099-01-01' WHERE external_id = '{scene.Id("new")}'");

        var mentors = await scene.BringIn("mentor", $"id,capacity\n{scene.Id("mentor")},1\n");
        var mentees = await scene.BringIn("mentee", $"id\n{scene.Id("old")}\n{scene.Id("new")}\n{scene.Id("unknown")}\n");
        var list = await scene.Manager.Get(mentees.Location!);
        var marked = list.Page.QuerySelectorAll("tbody tr").Where(row => row.TextContent.Contains("days before joining")).ToList();
        var page = await scene.Manager.Get(marked.Single().QuerySelector("a")!.GetAttribute("href")!);

        mentors.Location.ShouldEndWith("added=1&updated=0");
        list.Words.ShouldContain("3 added, 0 updated; 1 of them signed up longer ago than the program asks and is marked.");
        marked.Single().TextContent.ShouldContain("Shop old");
        page.Words.ShouldMatch("Signed up [0-9,]+ days before joining; the program asks for at most 180.");
    }

    [Fact]
    public async Task Removes_somebody_and_says_nothing_of_strangers()
    {
        var (scene, path, seen) = await GivenMentor();
        var other = await ProgramScene.GivenProgram(product);

        var foreign = await scene.Manager.Get(path.Replace(scene.Slug, other.Slug));
        var unknown = await scene.Manager.Get($"{scene.People}/01890a5d-ac96-774b-bcce-b302099a8057");
        var removed = await scene.Manager.Post($"{path}/remove", ("seen", seen));

        (foreign.Status, unknown.Status).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        foreign.Words.ShouldBe(unknown.Words);
        removed.Location.ShouldBe($"{scene.People}?did=removed");
        (await scene.Manager.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Assumes_profiles_by_seed_and_id_alone_and_never_over_what_somebody_said()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("silent", "spoken", "busy");
        await scene.BringIn("mentee", $"id,languages,week_hours\n{scene.Id("silent")},,\n{scene.Id("spoken")},fr:native,\n{scene.Id("busy")},,mon 9-12\n");
        var input = new AssumeProfiles.Input(scene.Slug, 7, "pt", "America/Sao_Paulo");

        var given = await product.Ask<AssumeProfiles, Result<int>>(assume => assume.Run(input, TestContext.Current.CancellationToken));
        var again = await product.Ask<AssumeProfiles, Result<int>>(assume => assume.Run(input with { Seed = 8 }, TestContext.Current.CancellationToken));
        var nowhere = await product.Ask<AssumeProfiles, Result<int>>(assume => assume.Run(input with { TimeZone = "Mars/Olympus" }, TestContext.Current.CancellationToken));

        (given.Value, again.Value, nowhere.Refusal!.Code).ShouldBe((2, 0, "time_zone"));
        var rows = (await scene.Manager.Page(scene.People)).QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        rows.Count(row => row.Contains("Assumed")).ShouldBe(2);
        rows.Single(row => row.Contains("spoken")).ShouldContain("French");
        rows.Single(row => row.Contains("silent")).ShouldContain("Portuguese");
        rows.Single(row => row.Contains("busy")).ShouldNotContain("Assumed");
        var one = AssumeProfiles.Assume(new MenteeProfile { Id = "a" }, input);
        var same = AssumeProfiles.Assume(new MenteeProfile { Id = "a" }, input);
        one.WeekHours.ShouldBe(same.WeekHours);
        (one.Style, one.Contact).ShouldBe((same.Style, same.Contact));
        Enumerable.Range(0, 50).Select(id => AssumeProfiles.Assume(new MenteeProfile { Id = $"{id}" }, input).WeekHours).Distinct().Count().ShouldBeGreaterThan(15);
        Enumerable.Range(0, 50).Select(id => Matcher.Check(AssumeProfiles.Assume(new MenteeProfile { Id = $"{id}" }, input)).Count).Sum().ShouldBe(0);
    }

    [Fact]
    public async Task Keeps_a_profile_assumed_until_somebody_corrects_what_was_assumed()
    {
        var (scene, path, _) = await GivenMentor();
        await product.Ask<AssumeProfiles, Result<int>>(assume => assume.Run(new AssumeProfiles.Input(scene.Slug, 7, "pt", "America/Sao_Paulo"), TestContext.Current.CancellationToken));

        var places = await scene.Manager.Post(path, [.. (await Form(scene, path)).Where(f => f.Name != "Capacity"), ("Capacity", "5")]);
        var afterPlaces = await Origin(scene);
        var style = await scene.Manager.Post(path, [.. (await Form(scene, path)).Where(f => f.Name != "Style"), ("Style", "0.33")]);

        (places.Location, style.Location).ShouldBe(($"{path}?did=saved", $"{path}?did=saved"));
        afterPlaces.ShouldBe("Assumed 5");
        (await Origin(scene)).ShouldBe("Stated 5");
    }

    [Fact]
    public async Task Leaves_style_and_contact_to_the_last_digit_when_their_text_is_left_alone()
    {
        var (scene, path, _) = await GivenMentor();
        await scene.BringIn("mentor", $"id,capacity,style,contact\n{scene.Id("ana")},3,-0.123456,0.987654\n");

        var saved = await scene.Manager.Post(path, [.. await Form(scene, path)]);

        saved.Location.ShouldBe($"{path}?did=saved");
        (await product.Database.ScalarAsync<string>($"SELECT format('%s %s', as_mentor->>'style', as_mentor->>'contact') FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Id("ana")}'"))
            .ShouldBe("-0.123456 0.987654");
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Japan")]
    [InlineData("Asia/Calcutta")]
    public async Task Keeps_a_time_zone_that_is_not_among_the_choices(string zone)
    {
        var (scene, path, _) = await GivenMentor();
        await scene.BringIn("mentor", $"id,capacity,time_zone\n{scene.Id("ana")},3,{zone}\n");

        var saved = await scene.Manager.Post(path, [.. await Form(scene, path)]);

        saved.Location.ShouldBe($"{path}?did=saved");
        (await product.Database.ScalarAsync<string>($"SELECT as_mentor ->> 'timeZone' FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Id("ana")}'")).ShouldBe(zone);
    }

    [Theory]
    [InlineData("people.csv", "id,capacity,languages\n{0},3,PT-br:native;en:working\n")]
    [InlineData("people.ndjson", "{{\"id\":\"{0}\",\"capacity\":3,\"languages\":[{{\"language\":\"pt-br\",\"level\":\"native\"}},{{\"language\":\"EN\",\"level\":\"working\"}}]}}")]
    public async Task Reads_a_language_on_the_page_as_files_do(string fileName, string text)
    {
        var (scene, path, _) = await GivenMentor();
        await scene.BringIn("mentor", string.Format(System.Globalization.CultureInfo.InvariantCulture, text, scene.Id("ana")), fileName);

        var shown = (await scene.Manager.Page(path)).QuerySelector("#Languages")!.GetAttribute("value");
        var saved = await scene.Manager.Post(path, [.. (await Form(scene, path)).Where(f => f.Name != "Languages"), ("Languages", "zh-hant:fluent; Pt-Br:native")]);

        shown.ShouldBe("pt-BR:native; en:working");
        saved.Location.ShouldBe($"{path}?did=saved");
        (await scene.Manager.Page(path)).QuerySelector("#Languages")!.GetAttribute("value").ShouldBe("zh-Hant:fluent; pt-BR:native");
    }

    [Fact]
    public async Task Lists_languages_by_name()
    {
        var (scene, _, _) = await GivenMentor();
        await scene.BringIn("mentor", $"id,capacity,languages\n{scene.Id("ana")},3,hi:native;pt-BR:fluent\n");

        var row = (await scene.Manager.Page(scene.People)).QuerySelector("tbody tr")!;

        row.QuerySelectorAll("td")[1].TextContent.ShouldBe("Hindi, Portuguese (Brazil)");
        var person = await scene.Manager.Page(row.QuerySelector("a")!.GetAttribute("href")!);
        person.GetElementById("Languages-hint")!.TextContent.ShouldStartWith("Hindi (native), Portuguese (Brazil) (fluent). Written as a tag and a level each, like pt:native; en:working.");
    }

    /// <summary>What the form of a participant would send as it stands.</summary>
    static async Task<List<(string Name, string Value)>> Form(ProgramScene scene, string path)
    {
        var form = (await scene.Manager.Page(path)).QuerySelector("form.studio")!;
        return
        [
            .. form.QuerySelectorAll("input").Where(input => input.GetAttribute("name") != "__RequestVerificationToken" && (input.GetAttribute("type") != "checkbox" || input.HasAttribute("checked")))
                .Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? "")),
            .. form.QuerySelectorAll("select").Select(select => (select.GetAttribute("name")!, select.QuerySelector("option[selected]")?.GetAttribute("value") ?? "")),
        ];
    }

    Task<string> Origin(ProgramScene scene) => product.Database.ScalarAsync<string>(
        $"SELECT format('%s %s', origin, as_mentor->>'capacity') FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Id("ana")}'");

    static readonly (string Name, string Value)[] Correction = [("Languages", "en:native; pt:working"), ("TimeZone", "Europe/Lisbon"), ("Style", "0.25"), ("Contact", "-1"), ("Capacity", "0"), ("IsOpen", "true")];

    async Task<ProgramScene> GivenMentees(int count)
    {
        var scene = await ProgramScene.GivenProgram(product);
        var names = Enumerable.Range(1, count).Select(n => $"mentee-{n}").ToArray();
        await scene.GivenSellers(names);
        (await scene.BringIn("mentee", "id\n" + string.Join('\n', names.Select(scene.Id)) + "\n")).Location.ShouldEndWith($"added={count}&updated=0");
        return scene;
    }

    async Task<(ProgramScene Scene, string Path, string Seen)> GivenMentor()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");
        await scene.BringIn("mentor", $"id,capacity\n{scene.Id("ana")},3\n");
        var path = (await scene.Manager.Page(scene.People)).QuerySelector("tbody tr a")!.GetAttribute("href")!;
        return (scene, path, (await scene.Manager.Page(path)).QuerySelector("input[name=seen]")!.GetAttribute("value")!);
    }

    Task<string> Profile(ProgramScene scene) => product.Database.ScalarAsync<string>($"""
        SELECT format('%s places, open %s, hours %s, style %s', as_mentor->>'capacity', as_mentor->>'isOpenToNew', length(replace(as_mentor->>'weekHours', '0', '')), as_mentor->>'style')
        FROM enrollment.participant p JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Id("ana")}'
        """);
}
