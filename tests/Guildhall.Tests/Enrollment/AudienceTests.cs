using System.Globalization;
using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>What the people of a program need, by the figures and by their own words.</summary>
public sealed class AudienceTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_pains_of_mentees_and_of_new_sellers_beside_what_they_say()
    {
        var scene = await GivenTrade();
        await scene.BringIn("mentee", $"id,needs\n{scene.Id("20")},pricing:0.5\n{scene.Id("19")},\n{scene.Id("0")},pricing:1\n{scene.Id("dark")},\n");
        await scene.BringIn("mentor", $"id,capacity,strengths\n{scene.Id("10")},2,policy-compliance:0.9\n");

        var view = await View(scene);
        var page = await scene.Manager.Get($"/manage/{scene.Slug}/people/audience");

        // Late dispatch is judged among 21 sellers; worse than three in four are the last five, of whom two are mentees.
        view.Pains.Single(pain => pain.Name == "Late dispatch").Mentees.ShouldBe(new PainCount("late_dispatch", 2, 3));
        view.Pains.Single(pain => pain.Name == "Low visibility").Mentees.ShouldBe(new PainCount("low_visibility", 0, 0));
        (view.Mentees, view.SaidNothing, view.Mentors, view.Unsaid).ShouldBe((4, 2, 1, 0));
        view.Skills.Single(skill => skill.Name == "Policies").ShouldBe(new SkillLine("Policies", 0, 2, 1));
        view.Skills.Single(skill => skill.Name == "Pricing").ShouldBe(new SkillLine("Pricing", 2, 0, 0));
        page.Heading.ShouldBe("Late dispatch is the most common pain: 2 of 3 mentees");
        page.Words.ShouldContain("2 of 3 1 not known");
        page.Words.ShouldContain("2 of 4 mentees did not say what they need.");
        page.Page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "Low visibility").TextContent.ShouldContain("not known");
    }

    [Fact]
    public async Task Asks_as_many_questions_for_many_mentees_as_for_one()
    {
        var scene = await GivenTrade();
        await scene.BringIn("mentee", $"id\n{scene.Id("20")}\n");
        var path = $"/manage/{scene.Slug}/people/audience";
        var before = await QueryCount.Of(product.Database, () => scene.Manager.Page(path));

        await scene.BringIn("mentee", "id\n" + string.Concat(Enumerable.Range(0, 20).Select(number => $"{scene.Id($"{number}")}\n")));

        (await QueryCount.Of(product.Database, () => scene.Manager.Page(path))).ShouldBe(before);
    }

    [Fact]
    public async Task Lets_a_manager_say_how_much_a_skill_helps_and_matches_by_it()
    {
        var scene = await GivenTrade();
        await scene.BringIn("mentee", $"id\n{scene.Id("20")}\n");
        var path = $"/manage/{scene.Slug}/setup/pains";
        var form = (await scene.Manager.Page(path)).QuerySelectorAll("main form input").Where(input => input.GetAttribute("name") != "__RequestVerificationToken")
            .Select(input => (Name: input.GetAttribute("name")!, Value: input.GetAttribute("value") ?? "")).ToArray();
        var before = await Needs(scene);

        (await scene.Manager.Post(path, Array.ConvertAll(form, field => field.Name switch
        {
            "late_dispatch_policy-compliance" => (field.Name, "0.5"),
            "late_dispatch_inventory" => (field.Name, "0.25"),
            _ => field,
        }))).Location.ShouldBe($"/manage/{scene.Slug}/setup/publish");
        var after = await Needs(scene);

        before.ShouldBe([("policy-compliance", 1)]);
        after.Order().ShouldBe([("inventory", 0.25), ("policy-compliance", 0.5)]);
        (await View(scene)).Pains.Single(pain => pain.Name == "Late dispatch").Skills.ShouldBe("Policies (0.5), Stock (0.25)");
    }

    [Fact]
    public async Task Knows_nothing_where_there_are_no_people_and_of_no_program()
    {
        var scene = await ProgramScene.GivenProgram(product);

        (await scene.Manager.Get($"/manage/{scene.Slug}/people/audience")).Status.ShouldBe(HttpStatusCode.OK);
        (await View(scene)).Pains.ShouldAllBe(pain => pain.Mentees.Known == 0);
        (await scene.Manager.Get("/manage/nothing/people/audience")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>21 sellers of one category, the later in the list the later they send; one of whom nothing is known.</summary>
    async Task<ProgramScene> GivenTrade()
    {
        using var imports = new ImportScene(product.Database);
        var scene = await ProgramScene.GivenProgram(product);
        string Rows(Func<int, string> row) => string.Concat(Enumerable.Range(0, 21).Select(row));
        (await imports.ImportText(ImportKind.Sellers, "seller_id,category\n" + Rows(number => $"{scene.Id($"{number}")},{scene.Slug}\n") + $"{scene.Id("dark")},\n")).Refusal.ShouldBeNull();
        (await imports.ImportText(ImportKind.Days, "seller_id,day,orders,late_known,late\n" + Rows(number => string.Create(CultureInfo.InvariantCulture, $"{scene.Id($"{number}")},2026-11-10,40,40,{number}\n")))).Refusal.ShouldBeNull();
        return scene;
    }

    Task<ProgramFacts> Facts(ProgramScene scene) => product.Ask<ProgramLookup, ProgramFacts>(async programs => (await programs.BySlug(scene.Slug, Stop))!);

    async Task<AudienceView> View(ProgramScene scene)
    {
        var facts = await Facts(scene);
        return await product.Ask<AudienceMap, AudienceView>(audience => audience.Of(facts, Stop));
    }

    async Task<IEnumerable<(string Skill, double Urgency)>> Needs(ProgramScene scene)
    {
        var facts = await Facts(scene);
        return (await product.Ask<MatchPool, MatchPeople>(pool => pool.Of(facts, Stop))).Mentees.Single().Needs!.Select(need => (need.Skill, need.Urgency));
    }
}
