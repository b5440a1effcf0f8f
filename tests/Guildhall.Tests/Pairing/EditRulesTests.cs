using System.Net;
using AngleSharp.Dom;
using Guildhall.Matching;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>The page of rules and waivers: what was typed stays beside its refusal.</summary>
public sealed class EditRulesTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Keeps_the_rules_as_they_were_typed_and_names_every_field_to_fix()
    {
        var scene = await PairingScene.Given(product, 1, 1, 1);
        var path = $"{scene.Studio}/rules";
        var form = Fields(await scene.Manager.Page(path));
        (string Name, string Value)[] typed = [("parameter.SharedHours", "some"), ("penalty.SharedHours", "101"), ("strength.Language", "Preferred"), ("penalty.Language", "17"), ("parameter.Language", "9"), ("unknown.Language", "true"), ("objective", "score")];
        var before = (await scene.Settings()).Rules;

        var refused = await scene.Manager.Post(path, [.. form.Select(field => Array.Find(typed, t => t.Name == field.Name) is { Name: not null } changed ? changed : field), .. typed.Where(t => form.All(field => field.Name != t.Name))]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#parameter.Language", "#parameter.SharedHours", "#penalty.SharedHours"]);
        refused.Page.GetElementById("parameter.SharedHours-error")!.TextContent.ShouldBe("Enter a number from 0 to 168 for the rule At least 2 shared hours a week.");
        refused.Page.GetElementById("penalty.SharedHours-error")!.TextContent.ShouldBe("Enter from 0 to 100 points for the rule At least 2 shared hours a week.");
        var shown = Fields(refused.Page).ToDictionary(field => field.Name, field => field.Value);
        foreach (var (name, value) in typed) shown[name].ShouldBe(value, name);
        (await scene.Settings()).Rules.ShouldBe(before);
    }

    [Fact]
    public async Task Keeps_what_the_second_of_two_managers_typed_beside_what_is_in_use()
    {
        var scene = await PairingScene.Given(product, 1, 1, 1);
        var path = $"{scene.Studio}/rules";
        var form = Fields(await scene.Manager.Page(path)).Where(field => field.Name is not ("parameter.SharedHours" or "objective")).ToArray();
        (await scene.Manager.Post(path, [.. form, ("parameter.SharedHours", "5"), ("objective", "score")])).Location.ShouldNotBeNull();

        var second = await scene.Manager.Post(path, [.. form, ("parameter.SharedHours", "3"), ("objective", "matched-first")]);
        var saved = await scene.Manager.Post(path, [.. Fields(second.Page)]);

        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Words.ShouldContain("What you typed stands below, with what is in use beside it where they differ. Save again to use yours.");
        second.Page.GetElementById("parameter.SharedHours")!.GetAttribute("value").ShouldBe("3");
        second.Page.QuerySelectorAll("small.in-use").Select(note => note.TextContent).ShouldBe(["in use: 5", "in use: the greatest total fit"]);
        saved.Location.ShouldNotBeNull(saved.Words);
        (await scene.Settings()).Rules.Single(rule => rule.Rule == Rule.SharedHours).Parameter.ShouldBe(3);
        (await scene.Settings()).Objective.ShouldBe(AssignmentObjective.MatchedFirst);
    }

    [Fact]
    public async Task Reads_and_shows_a_share_as_a_percent()
    {
        var scene = await PairingScene.Given(product, 1, 1, 1);
        var path = $"{scene.Studio}/rules";
        var form = Fields(await scene.Manager.Page(path)).Where(field => field.Name is not ("parameter.GroupShare" or "strength.GroupShare"));

        (await scene.Manager.Post(path, [.. form, ("strength.GroupShare", "Required"), ("parameter.GroupShare", "12.5")])).Location.ShouldNotBeNull();

        (await scene.Settings()).Rules.Single(rule => rule.Rule == Rule.GroupShare).Parameter.ShouldBe(0.125);
        var page = await scene.Manager.Page(path);
        page.GetElementById("parameter.GroupShare")!.GetAttribute("value").ShouldBe("12.5");
        page.Body!.TextContent.ShouldContain("No mentor or group takes over 12.5% of mentees");
    }

    [Fact]
    public async Task Draws_near_ties_by_lot_once_asked_and_says_so_wherever_the_pairs_stand()
    {
        var scene = await PairingScene.Given(product, mentees: 5, mentors: 1, places: 2);
        var path = $"{scene.Studio}/rules";
        await scene.GivenRun();

        (await Save("1")).Location.ShouldNotBeNull();
        var drawn = await scene.GivenRun();
        var again = await scene.GivenRun();

        drawn.Settings.Seed.ShouldNotBe(1);
        drawn.Pairs.ShouldAllBe(pair => pair.Odds > 0.2 && pair.Odds < 0.6);
        again.Pairs.Select(pair => (pair.MenteeId, pair.Odds)).ShouldBe(drawn.Pairs.Select(pair => (pair.MenteeId, pair.Odds)));
        var studio = await scene.Manager.Page($"{scene.Studio}/2?open={drawn.Pairs[0].MenteeId}");
        studio.QuerySelector(".why-side")!.TextContent.ShouldContain($"Near ties are drawn by lot: this pair came out in {100 * drawn.Pairs[0].Odds!.Value:0.#}% of 201 draws.");
        studio.QuerySelector(".delta details summary")!.TextContent.ShouldBe("Drawn by lot: each fit counted with up to 1 point less. Checked.");
        studio.QuerySelector(".delta header")!.TextContent.ShouldContain("near ties within 1 point are drawn by lot");
        (await scene.Manager.Get($"{scene.Studio}/2/pairs.csv")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].ShouldAllBe(line => line.Contains(",0."));

        (await Save("0")).Location.ShouldNotBeNull();
        (await scene.GivenRun()).Pairs.ShouldAllBe(pair => pair.Odds == null);
        (await Save("1")).Location.ShouldNotBeNull();
        (await scene.GivenRun()).Pairs.Select(pair => pair.MenteeId).ShouldBe(drawn.Pairs.Select(pair => pair.MenteeId), "who switches it off and on gets another draw");
        foreach (var wrong in (string[])["0.05", "5.1", "-1", "some", "1,5"])
        {
            var refused = await Save(wrong);
            (refused.Status, refused.Page.GetElementById("near-ties-error")!.TextContent, refused.Page.GetElementById("near-ties")!.GetAttribute("value"))
                .ShouldBe((HttpStatusCode.UnprocessableEntity, "Enter 0, or from 0.1 to 5 points for near ties. With 0 nothing is drawn.", wrong));
        }

        async Task<Answer> Save(string points) => await scene.Manager.Post(path, [.. Fields(await scene.Manager.Page(path)).Where(field => field.Name != "near-ties"), ("near-ties", points)]);
    }

    [Fact]
    public async Task Keeps_a_waiver_as_it_was_typed_and_leaves_the_rules_as_they_are()
    {
        var scene = await PairingScene.Given(product, 1, 1, 1);
        var path = $"{scene.Studio}/rules";
        var rules = await scene.Manager.Page(path);
        var version = rules.QuerySelector("input[name=version]")!.GetAttribute("value")!;

        var refused = await scene.Manager.Post($"{path}/waive", ("version", version), ("mentee", scene.Mentee(1)), ("mentor", ""), ("rule", nameof(Rule.SharedOwner)), ("reason", "A brand both resell"), ("until", "soon"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#until", "#mentor"], ignoreOrder: true);
        (string, string)[] typed = [("mentee", scene.Mentee(1)), ("reason", "A brand both resell"), ("until", "soon")];
        foreach (var (field, value) in typed) refused.Page.QuerySelector($"#{field}")!.GetAttribute("value").ShouldBe(value);
        refused.Page.QuerySelector("#rule option[selected]")!.GetAttribute("value").ShouldBe(nameof(Rule.SharedOwner));
        Fields(refused.Page).ShouldBe(Fields(rules));
        (await scene.Settings()).Waivers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_fixed_pairs_in_pages_and_comes_back_to_the_same_ones()
    {
        var scene = await PairingScene.Given(product, mentees: 60, mentors: 2, places: 50);
        await scene.Steer(settings => settings with
        {
            Pins = [.. Enumerable.Range(1, 30).Select(n => new Pin(scene.Mentee(n), scene.Mentor(1)))],
            Bars = [.. Enumerable.Range(1, 60).Select(n => new Bar(scene.Mentee(n), scene.Mentor(2)))],
            Waivers = [.. Enumerable.Range(1, 26).Select(n => new Waiver(scene.Mentee(n), scene.Mentor(1), Rule.SharedBrand, "Both know", new DateOnly(2027, 12, 31)))],
        });
        var path = $"{scene.Studio}/rules";

        var first = await scene.Manager.Page(path);
        var second = await scene.Manager.Page(Next(first, "barred")!);
        var both = await scene.Manager.Page(Next(second, "waived")!);
        var last = await scene.Manager.Page($"{path}?barred=99");
        var form = second.QuerySelector("#barred form")!;
        var allowed = await scene.Manager.Post(form.GetAttribute("action")!, [.. form.QuerySelectorAll("input").Where(input => input.GetAttribute("name") != "__RequestVerificationToken").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? ""))]);

        Counts(first).ShouldBe((25, 25, 25));
        Next(first, "barred").ShouldBe($"{path}?barred=2#barred");
        Counts(both).ShouldBe((25, 25, 1));
        (Next(both, "waived"), both.QuerySelector("#waived a[rel=prev]")!.GetAttribute("href")).ShouldBe((null, $"{path}?barred=2&waived=1#waived"));
        Counts(last).ShouldBe((25, 10, 25));
        Next(last, "barred").ShouldBeNull();
        allowed.Location.ShouldBe($"{path}?barred=2&did=saved");
        (await scene.Settings()).Bars.Count.ShouldBe(59);

        static string? Next(IDocument page, string list) => page.QuerySelector($"#{list} a[rel=next]")?.GetAttribute("href");
        static (int, int, int) Counts(IDocument page) => (page.QuerySelectorAll("#kept li").Length, page.QuerySelectorAll("#barred li").Length, page.QuerySelectorAll("#waived li").Length);
    }

    /// <summary>What the form of rules would send as it stands.</summary>
    static List<(string Name, string Value)> Fields(IDocument page)
    {
        var form = page.QuerySelector("form[action$='/rules']")!;
        return
        [
            .. form.QuerySelectorAll("input").Where(input => input.GetAttribute("name") is not ("__RequestVerificationToken" or "FormKey") && (input.GetAttribute("type") is not ("checkbox" or "radio") || input.HasAttribute("checked")))
                .Select(input => (input.GetAttribute("name")!, input.GetAttribute("value")!)),
            .. form.QuerySelectorAll("select").Select(select => (select.GetAttribute("name")!, select.QuerySelector("option[selected]")!.GetAttribute("value")!)),
        ];
    }
}
