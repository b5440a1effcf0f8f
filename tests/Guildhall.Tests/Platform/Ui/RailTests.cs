using System.Net;
using Guildhall.Modules.People;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Platform.Ui;

/// <summary>The rail shows what a person may open, and nothing else.</summary>
public sealed class RailTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    public static TheoryData<string, string[]> Holders => new()
    {
        { "Manager", ["/settings/roles", "/settings/sign-in", "/audit/log", "/settings/erasures", "/settings/retention", "/settings/marketplace", "/settings/mail"] },
        { "Administrator", [] },
        { "Manager, Administrator", [] },
    };

    [Theory, MemberData(nameof(Holders))]
    public async Task Leads_only_to_pages_that_open_and_leaves_out_those_that_do_not(string roles, string[] leftOut)
    {
        var scene = await GivenOpenProgram();
        using var person = await product.Another("Robin Park", $"robin{roles.Length}@example.com", [.. roles.Split(", ").Select(Enum.Parse<Role>)]);

        var rail = (await person.Page($"/manage/{scene.Slug}/people")).QuerySelectorAll("nav[aria-label='Main'] a").Select(link => link.GetAttribute("href")!).ToList();

        foreach (var place in rail) (await person.Get(place)).Status.ShouldBe(HttpStatusCode.OK, place);
        var hidden = product.Services.GetServices<Place>().Where(place => place.Area == Area.Manage).Select(place => place.Path.Replace("{program}", scene.Slug)).Except(rail).ToList();
        hidden.ShouldBe(leftOut);
        foreach (var place in hidden) (await person.Get(place)).Location.ShouldStartWith("/no-access?to=");
        rail.Count.ShouldBeGreaterThan(5);
        rail[^1].ShouldBe("/help");
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/no-access")]
    public async Task Stays_beside_a_page_that_can_not_be_shown(string path)
    {
        var page = (await (await product.Manager()).Get(path)).Page;

        page.QuerySelector("main .gh-btn-1")!.GetAttribute("href").ShouldBe("/manage");
        page.QuerySelectorAll("nav[aria-label='Main'] a").Length.ShouldBeGreaterThan(3);
    }

    async Task<ProgramScene> GivenOpenProgram()
    {
        var scene = await ProgramScene.GivenProgram(product);
        var publish = $"/manage/{scene.Slug}/setup/publish";
        var seen = (await scene.Manager.Page(publish)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post(publish, ("seen", seen))).Status.ShouldBe(HttpStatusCode.Redirect);
        return scene;
    }
}
